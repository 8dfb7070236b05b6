package io.costattr.export.otel;

import io.costattr.core.config.Config;
import io.costattr.core.ledger.Ledger;
import io.costattr.export.Entries;
import io.costattr.export.Sinks;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A program whose calls cost: {@code PREFIX COUNT KEY VALUE ...}. It makes them a thousand a second
 * and ends when its standard input does.
 */
final class SpoolingMain {
  private SpoolingMain() {}

  public static void main(String[] args) throws Exception {
    Config config = Entries.config(Arrays.copyOfRange(args, 2, args.length));
    Ledger ledger = Ledger.open(stats -> Sinks.open(config, stats), config);
    long count = Long.parseLong(args[1]);
    for (long i = 0; i < count; i++) {
      String id = args[0] + i;
      ledger.offer(() -> Entries.priced(id));
      LockSupport.parkNanos(1_000_000);
    }
    System.out.println("called");
    while (System.in.read() >= 0) {
      // Not yet.
    }
    ledger.close(Duration.ofSeconds(3));
    System.out.println("done");
  }
}
