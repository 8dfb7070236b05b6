package io.costattr.benchmarks;

import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.ledger.Ledger;
import io.costattr.core.price.PriceBook;
import io.costattr.export.Sinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Offers 100,000 entries a second to the ledger, which prices each and writes it as a JSON line;
 * before that, where the argument says so, some seconds of 20,000 a second, as in a program that
 * has run for a while. Prints {@code offered written lost p50 p99}: entries, those of the first
 * seconds too, and the time of one enqueue in nanoseconds.
 */
public final class LedgerLoad {
  private static final int PER_SECOND = 100_000;
  private static final int SECONDS = 10;
  private static final int WARM_PER_SECOND = 20_000;

  private LedgerLoad() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("costattr-ledger");
    Path file = directory.resolve("events.jsonl");
    Properties properties = new Properties();
    properties.setProperty("costattr.events.file", file.toString());
    Config config = ConfigReader.read(null, properties, Map.of());
    Ledger ledger = Ledger.open(stats -> Sinks.open(config, stats), config);
    PriceBook prices = PriceBook.builtIn();
    int warm = WARM_PER_SECOND * Integer.parseInt(arguments[0]);
    offer(ledger, prices, warm, WARM_PER_SECOND);
    int count = PER_SECOND * SECONDS;
    long[] nanos = offer(ledger, prices, count, PER_SECOND);
    ledger.close(Duration.ofSeconds(30));
    long written;
    try (Stream<Path> files = Files.list(directory)) {
      written = files.mapToLong(LedgerLoad::lines).sum();
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%d %d %d %d %d%n",
        warm + count,
        written,
        warm + count - written,
        nanos[count / 2],
        nanos[(int) (count * 0.99)]);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path written1 : files.toList()) {
        Files.delete(written1);
      }
    }
    Files.delete(directory);
  }

  /** How long each took, in nanoseconds. */
  private static long[] offer(Ledger ledger, PriceBook prices, int count, int perSecond) {
    long[] nanos = new long[count];
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        Thread.onSpinWait();
      }
      long before = System.nanoTime();
      ledger.offer(() -> SampleEvent.now(prices));
      nanos[i] = System.nanoTime() - before;
    }
    return nanos;
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      return 0;
    }
  }
}
