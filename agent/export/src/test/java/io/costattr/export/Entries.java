package io.costattr.export;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Source;
import io.costattr.core.attribution.Sources;
import io.costattr.core.budget.Action;
import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.budget.Unit;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.dialect.Anomaly;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.Guards;
import io.costattr.core.price.Basis;
import io.costattr.core.price.Cost;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ledger entries as the rest of the agent makes them, for tests of what becomes of them. */
public final class Entries {
  public static final HostSpan HOST =
      new HostSpan("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", (byte) 1);
  public static final Instant STARTED = Instant.parse("2026-11-23T10:15:30.120456Z");

  private static final Sources SAID =
      new Attribution("f", "r", "c", "t", null, null, Map.of())
          .overlaid(
              new Attribution(null, null, null, null, "production", null, Map.of())
                  .from(Source.DEFAULT))
          .sources();
  private static final String SERVED = "priority";
  private static final String UNATTRIBUTED = ResolvedAttribution.UNATTRIBUTED;

  private Entries() {}

  /** A configuration with those keys set. */
  public static Config config(String... keysAndValues) {
    Properties properties = new Properties();
    properties.put("costattr.spool", "off");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      String key = keysAndValues[i];
      boolean whole = key.startsWith("otel.") || key.startsWith("costattr.");
      properties.put(whole ? key : "costattr." + key, keysAndValues[i + 1]);
    }
    return ConfigReader.read(null, properties, Map.of());
  }

  /** A priced chat call of a customer, inside a span of the application, with cached tokens. */
  public static CostEvent priced(String id) {
    return event(id, HOST, attributed("support-chat", "cust_4291"), usage(), cost());
  }

  /** The same without a span of the application. */
  public static CostEvent outsideOfSpans(String id) {
    return event(id, null, attributed("support-chat", "cust_4291"), usage(), cost());
  }

  public static CostEvent of(String id, ResolvedAttribution who) {
    return event(id, HOST, who, usage(), cost());
  }

  /** A call whose model the book does not know, by nobody. */
  public static CostEvent unpriced(String id) {
    Cost unpriced =
        new Cost(
            Basis.UNPRICED,
            null,
            null,
            List.of(new Cost.Line(Meter.INPUT, 1200, null, 1, null, null)),
            "2026-11-01",
            null);
    return event(id, HOST, nobody(), usage(), unpriced);
  }

  /** A call that wrote to the prompt cache. */
  public static CostEvent withCacheWrite(String id) {
    Usage usage = Usage.builder().set(Meter.INPUT, 10).set(Meter.CACHE_WRITE, 2048).build();
    return event(id, HOST, attributed("support-chat", "cust_4291"), usage, cost());
  }

  /** A call whose usage does not add up. */
  public static CostEvent contradictory(String id) {
    CostEvent event = priced(id);
    return new CostEvent(
        event.attempt(),
        event.attribution(),
        event.usage(),
        event.cost(),
        Anomaly.CONTRADICTORY_USAGE,
        Guards.NONE);
  }

  /** A call at a price that holds until then. */
  public static CostEvent pricedUntil(String id, @Nullable Instant end) {
    return pricedUntil(id, SERVED, end);
  }

  /** A call at a price of that tier that holds until then. */
  public static CostEvent pricedUntil(String id, String tier, @Nullable Instant end) {
    Cost cost = cost();
    return event(
        id,
        tier,
        HOST,
        attributed("support-chat", "cust_4291"),
        usage(),
        new Cost(
            cost.basis(),
            cost.picoUsd(),
            cost.atRiskPicoUsd(),
            cost.lines(),
            cost.version(),
            cost.rule(),
            end));
  }

  /** A call beyond every limit, of which the provider said what cannot be. */
  public static CostEvent guarded(String id) {
    CostEvent plain = priced(id);
    return new CostEvent(
        plain.attempt(),
        plain.attribution(),
        plain.usage(),
        plain.cost(),
        Anomaly.CONTRADICTORY_USAGE,
        new Guards(1_000L, 687_505_000_000L, 27_000_000_000L, 1_500_000_000L, 4_000_000_000_000L));
  }

  /** An embedding, made cheaper: no inference in the sense of the conventions. */
  public static CostEvent embedding(String id) {
    Attempt attempt =
        new Attempt(
            id,
            "req-9",
            1,
            STARTED,
            1_000_000,
            null,
            "openai",
            "embeddings",
            "text-embedding-3-small",
            null,
            null,
            null,
            false,
            null,
            null,
            null,
            null,
            200,
            null,
            Outcome.COMPLETED,
            "api.openai.com",
            443,
            "okhttp",
            null,
            null,
            null,
            "cap: model text-embedding-3-large to text-embedding-3-small");
    Usage usage = Usage.builder().set(Meter.INPUT, 10).build();
    return new CostEvent(attempt, nobody(), usage, cost());
  }

  /** A line of a batch job's results. */
  public static CostEvent batchLine(String id) {
    Attempt attempt =
        new Attempt(
            id,
            id,
            1,
            STARTED,
            0,
            null,
            "openai",
            "batch",
            null,
            "gpt-5.2",
            null,
            "batch",
            false,
            null,
            null,
            "chatcmpl-8",
            "req_8",
            200,
            null,
            Outcome.COMPLETED,
            "api.openai.com",
            443,
            "okhttp",
            null,
            null,
            new Attempt.BatchLine("batch_1", "line-1"),
            null);
    Usage usage = Usage.builder().set(Meter.INPUT, 10).set(Meter.OUTPUT, 5).build();
    return new CostEvent(attempt, nobody(), usage, cost());
  }

  /** A refused call: 429, nothing billed, nothing known but the request. */
  public static CostEvent refused(String id) {
    Attempt attempt =
        new Attempt(
            id,
            "req-7",
            2,
            STARTED,
            48_400_000,
            null,
            "openai",
            "chat",
            "gpt-5.2",
            null,
            null,
            null,
            false,
            null,
            null,
            null,
            "req_abc",
            429,
            "rate_limit_exceeded",
            Outcome.COMPLETED,
            "api.openai.com",
            443,
            "java.net.http",
            null,
            null);
    return new CostEvent(attempt, nobody(), null, Cost.NOTHING);
  }

  /** A call that broke and of which neither usage nor cost is known. */
  public static CostEvent unknown(String id) {
    Attempt attempt =
        new Attempt(
            id,
            "req-8",
            1,
            STARTED,
            48_600_000,
            null,
            "openai-compatible",
            "responses",
            null,
            null,
            null,
            null,
            true,
            null,
            null,
            null,
            null,
            null,
            "timeout",
            Outcome.FAILED,
            "gateway.internal",
            8080,
            "okhttp",
            null,
            null);
    return new CostEvent(attempt, nobody(), null, Cost.UNKNOWN);
  }

  public static ResolvedAttribution attributed(String feature, String customerId) {
    return new ResolvedAttribution(
        feature,
        "/api/v1/chat/answer",
        customerId,
        "growth",
        "production",
        Map.of("experiment", "B", "arm", "2"),
        Set.of(),
        SAID);
  }

  public static ResolvedAttribution nobody() {
    return new ResolvedAttribution(
        UNATTRIBUTED,
        UNATTRIBUTED,
        UNATTRIBUTED,
        UNATTRIBUTED,
        "production",
        Map.of(),
        Set.of("feature", "route", "customer_id", "team"),
        Sources.NONE);
  }

  private static CostEvent event(
      String id, HostSpan host, ResolvedAttribution who, Usage usage, Cost cost) {
    return event(id, SERVED, host, who, usage, cost);
  }

  private static CostEvent event(
      String id, String tier, HostSpan host, ResolvedAttribution who, Usage usage, Cost cost) {
    Attempt attempt =
        new Attempt(
            id,
            "req-1",
            1,
            STARTED,
            1_834_499_000,
            312_500_000L,
            "openai",
            "chat",
            "gpt-5.2",
            "gpt-5.2-2026-10-01",
            "auto",
            tier,
            true,
            "tenant-a",
            "low",
            "chatcmpl-1",
            "req_1",
            200,
            null,
            Outcome.COMPLETED,
            "api.openai.com",
            443,
            "openai-java 4.101.0",
            "com.acme.Support.answer:41",
            host);
    return new CostEvent(attempt, who, usage, cost);
  }

  private static Usage usage() {
    return Usage.builder()
        .set(Meter.INPUT, 176)
        .set(Meter.CACHED_INPUT, 1024)
        .set(Meter.OUTPUT, 348)
        .reported(new Usage.Reported(1200L, 348L, 128L, 1024L, null, null, null, null, null))
        .build();
  }

  private static Cost cost() {
    return new Cost(
        Basis.REPORTED,
        5_359_200_000L,
        20_000L,
        List.of(
            new Cost.Line(
                Meter.INPUT, 176, new BigDecimal("1.75"), 1_000_000, "r-in", 308_000_000L),
            new Cost.Line(
                Meter.CACHED_INPUT, 1024, new BigDecimal("0.175"), 1_000_000, "r-in", 179_200_000L),
            new Cost.Line(
                Meter.OUTPUT, 348, new BigDecimal("14.00"), 1_000_000, "r-out", 4_872_000_000L)),
        "2026-11-01",
        "response_model");
  }

  /** A budget has passed a threshold. */
  public static BudgetNotice threshold() {
    return new BudgetNotice(
        "customers",
        "acme",
        Unit.USD,
        Action.BLOCK,
        80,
        50_000_000_000_000L,
        40_000_000_000_001L,
        Instant.parse("2026-11-01T00:00:00Z"),
        Instant.parse("2026-12-01T00:00:00Z"),
        Instant.parse("2026-11-23T10:00:00Z"));
  }
}
