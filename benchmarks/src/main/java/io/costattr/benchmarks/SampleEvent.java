package io.costattr.benchmarks;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.EventId;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** A ledger entry like many: a chat call of a customer, priced. */
public final class SampleEvent {
  private SampleEvent() {}

  /** An entry of now, priced by this book. */
  public static CostEvent now(PriceBook prices) {
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
