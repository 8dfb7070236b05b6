package io.costattr.benchmarks;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.EventId;
import io.costattr.core.ledger.Ledger;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import io.costattr.export.Sinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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
      ledger.offer(() -> event(prices));
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

  /** An entry of now, priced. */
  public static CostEvent event(PriceBook prices) {
    Instant now = Instant.now();
    Attempt attempt =
        new Attempt(
            EventId.next(),
            EventId.next(),
            1,
            now,
            1_000_000,
            null,
            "openai",
            "chat",
            "gpt-5.5",
            "gpt-5.5-2026-04-23",
            null,
            "default",
            false,
            null,
            null,
            "chatcmpl-1",
            "req_1",
            200,
            null,
            Attempt.Outcome.COMPLETED,
            "api.openai.com",
            443,
            "openai-java 4.101.0",
            null,
            null);
    Usage usage =
        Usage.builder()
            .set(Meter.INPUT, 81)
            .set(Meter.OUTPUT, 12)
            .reported(Usage.Reported.of(81, 12))
            .build();
    return new CostEvent(
        attempt,
        new ResolvedAttribution(
            "support-chat",
            "/api/v1/chat/answer",
            "cust_4291",
            "growth",
            "production",
            Map.of(),
            Set.of(),
            Sources.NONE),
        usage,
        prices.price(
            new PriceQuery(
                "openai",
                true,
                "gpt-5.5-2026-04-23",
                "gpt-5.5",
                "default",
                null,
                now,
                "api.openai.com"),
            usage));
  }
}
