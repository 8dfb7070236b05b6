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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

/**
 * Sends entries as an agent does, through a collector, until ClickHouse has them: {@code ENDPOINT
 * CLICKHOUSE load PER_SECOND SECONDS [events]} prints {@code offered lost stored seconds}, {@code
 * ... lag COUNT} prints {@code p50 p95 max} in milliseconds from a call's end until a query finds
 * it.
 */
public final class PipelineLoad {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String[] MODELS = {"gpt-5.5", "gpt-5.4-mini", "gpt-4o-mini"};

  private final String clickHouse;
  private final Ledger ledger;
  private final PriceBook prices = PriceBook.builtIn();
  private final Random random = new Random(42);

  private PipelineLoad(String endpoint, String clickHouse, String spans) {
    this.clickHouse = clickHouse;
    Properties properties = new Properties();
    properties.setProperty("costattr.otel.spans", spans);
    properties.setProperty("costattr.otel.exporter.otlp.endpoint", endpoint);
    Config config = ConfigReader.read(null, properties, Map.of());
    ledger = Ledger.open(stats -> Sinks.open(config, stats), config);
  }

  public static void main(String[] arguments) throws Exception {
    boolean eventsOnly = arguments[arguments.length - 1].equals("events");
    PipelineLoad pipeline =
        new PipelineLoad(arguments[0], arguments[1], eventsOnly ? "off" : "auto");
    int number = Integer.parseInt(arguments[3]);
    if (arguments[2].equals("lag")) {
      pipeline.lag(number);
    } else {
      pipeline.load(number, Integer.parseInt(arguments[4]));
    }
  }

  private void load(int perSecond, int seconds) throws Exception {
    // A program that has run for a while: classes are loaded, and connections open.
    long first = stored();
    offer(2_000, 1_000);
    long before = awaitStored(first + 2_000);
    int count = perSecond * seconds;
    long start = System.nanoTime();
    offer(count, perSecond);
    long last = awaitStored(before + count);
    double took = (System.nanoTime() - start) / 1e9;
    ledger.close(Duration.ofSeconds(3));
    long lost = ledger.stats().lost().values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        "%d %d %d %.1f%n", count, ledger.stats().dropped() + lost, last - before, took);
  }

  private void offer(int count, int perSecond) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        Thread.onSpinWait();
      }
      CostEvent event = event(EventId.next());
      ledger.offer(() -> event);
    }
  }

  private void lag(int count) throws Exception {
    long[] millis = new long[count];
    for (int i = -3; i < count; i++) {
      String id = EventId.next();
      CostEvent event = event(id);
      long start = System.nanoTime();
      ledger.offer(() -> event);
      String sql =
          "SELECT count() FROM costattr.costattr_calls FINAL WHERE event_id = '" + id + "'";
      while (ask(sql) == 0) {
        Thread.sleep(10);
      }
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1_000_000;
      }
      // So that calls come at any time of the senders' rounds.
      Thread.sleep(random.nextInt(1_000));
    }
    ledger.close(Duration.ofSeconds(3));
    Arrays.sort(millis);
    System.out.printf(
        "%d %d %d%n", millis[count / 2], millis[(int) (count * 0.95)], millis[count - 1]);
  }

  private long stored() throws IOException, InterruptedException {
    return ask("SELECT count() FROM costattr.costattr_calls FINAL");
  }

  /**
   * Waits until so many are stored, or nothing has come for half a minute. What is asked meanwhile
   * costs ClickHouse little, and counts twice what came twice; what is returned does not.
   */
  private long awaitStored(long expected) throws IOException, InterruptedException {
    long rows = 0;
    long seen = System.nanoTime();
    while (rows < expected && System.nanoTime() - seen < 30_000_000_000L) {
      Thread.sleep(100);
      long now = ask("SELECT count() FROM costattr.costattr_calls");
      seen = now > rows ? System.nanoTime() : seen;
      rows = now;
    }
    return stored();
  }

  private long ask(String sql) throws IOException, InterruptedException {
    String answer =
        HTTP.send(
                HttpRequest.newBuilder(URI.create(clickHouse))
                    .POST(BodyPublishers.ofString(sql))
                    .build(),
                BodyHandlers.ofString())
            .body();
    return Long.parseLong(answer.strip());
  }

  private CostEvent event(String id) {
    Instant now = Instant.now();
    String model = MODELS[random.nextInt(MODELS.length)];
    int input = 50 + random.nextInt(4_000);
    int output = 10 + random.nextInt(600);
    Attempt attempt =
        new Attempt(
            id,
            EventId.next(),
            1,
            now,
            random.nextInt(2_000_000_000),
            null,
            "openai",
            "chat",
            model,
            model,
            null,
            "default",
            false,
            "tenant-" + random.nextInt(50),
            null,
            "chatcmpl-" + Long.toHexString(random.nextLong()),
            "req_" + Long.toHexString(random.nextLong()),
            200,
            null,
            Attempt.Outcome.COMPLETED,
            "api.openai.com",
            443,
            "openai-java 4.101.0",
            "com.acme.support.Answers.answer:" + random.nextInt(20),
            null);
    Usage usage =
        Usage.builder()
            .set(Meter.INPUT, input / 2)
            .set(Meter.CACHED_INPUT, input - input / 2)
            .set(Meter.OUTPUT, output)
            .reported(Usage.Reported.of(input, output))
            .build();
    ResolvedAttribution who =
        new ResolvedAttribution(
            "feature-" + random.nextInt(20),
            "/api/v1/route/" + random.nextInt(40),
            "cust_" + random.nextInt(2_000),
            "team-" + random.nextInt(8),
            "production",
            Map.of("experiment", random.nextBoolean() ? "A" : "B"),
            Set.of(),
            Sources.NONE);
    return new CostEvent(
        attempt,
        who,
        usage,
        prices.price(
            new PriceQuery("openai", true, model, model, "default", null, now, "api.openai.com"),
            usage));
  }
}
