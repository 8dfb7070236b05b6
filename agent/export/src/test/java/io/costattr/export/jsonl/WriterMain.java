package io.costattr.export.jsonl;

import io.costattr.core.config.Config;
import io.costattr.core.ledger.Ledger;
import io.costattr.export.Entries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program that writes events: {@code PREFIX COUNT FILE MAX_BYTES KEEP}. */
final class WriterMain {
  private WriterMain() {}

  public static void main(String[] args) throws Exception {
    Config config =
        Entries.config(
            "events.max.bytes", args[3], "events.keep", args[4], "queue.size", "1048576");
    Ledger ledger =
        Ledger.open(
            stats -> List.of(JsonLinesSink.to(Path.of(args[2]), config, "writer", true)), config);
    long count = Long.parseLong(args[1]);
    for (long i = 0; i < count; i++) {
      String id = args[0] + i;
      while (!ledger.offer(() -> Entries.priced(id))) {
        Thread.onSpinWait();
      }
    }
    ledger.close(Duration.ofSeconds(60));
    System.out.println("done");
  }
}
