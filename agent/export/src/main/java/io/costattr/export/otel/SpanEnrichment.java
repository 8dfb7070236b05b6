package io.costattr.export.otel;

import io.costattr.core.Log;
import io.costattr.core.attribution.HostCall;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.exchange.WeakIdentityMap;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.HostTelemetry;
import io.costattr.export.AttributeNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes who pays and what it cost to the span in which another instrumentation observes the same
 * call, while that span is open: what is ours in an entry's attributes, and nothing that the other
 * says itself. Thread-safe; a write takes some microseconds.
 *
 * <p>A span may have several attempts: those of a call that was tried again. Its amounts are the
 * sums of those that were written to it. An attempt that could not be is in none of them, so that
 * the amounts of all spans together are those of all entries, each once.
 */
public final class SpanEnrichment {
  private static final Set<String> GENERATIONS =
      Set.of("chat", "text_completion", "generate_content");

  private final boolean writes;
  private final EventAttributes attributes;
  private final WeakIdentityMap<SpanSums> sums = new WeakIdentityMap<>();

  public SpanEnrichment(Config config) {
    writes = isOn(config);
    // The resource of another's span is not known here.
    attributes = new EventAttributes(config.flag(Key.OTEL_SEMCONV_COST), null);
  }

  /** Whether spans of others are to be written to. */
  public static boolean isOn(Config config) {
    return SpanMode.of(config).enriches()
        && !Boolean.parseBoolean(config.otel().get("otel.sdk.disabled"));
  }

  /**
   * Writes an entry to the span of that call, where there is one that takes it. Never throws.
   *
   * @return the entry, with what the application's telemetry has of it
   */
  public CostEvent enrich(CostEvent event, HostCall call) {
    if (!observes(call.operation(), event.attempt())) {
      return event;
    }
    boolean written = false;
    try {
      written = writes && call.span() != null && written(event, call);
    } catch (RuntimeException | LinkageError fault) {
      Log.fault("enriching a span", fault);
    }
    return event.in(new HostTelemetry(written ? call.span() : null, true));
  }

  private boolean written(CostEvent event, HostCall call) {
    Object span = call.identity();
    if (span == null) {
      return false;
    }
    SpanSums known = sums.get(span);
    if (known == null) {
      known = first(span);
    }
    return known.add(event, sum -> call.write(attributes(event, sum), AttributeNames.ATTEMPTS));
  }

  private synchronized SpanSums first(Object span) {
    SpanSums known = sums.get(span);
    if (known == null) {
      known = new SpanSums();
      sums.put(span, known);
    }
    return known;
  }

  /**
   * The amounts come last, behind their number: where a span ends in the midst of being written to,
   * it has no amount that is not known to be there.
   */
  private Map<String, Object> attributes(CostEvent event, Map<String, Object> sum) {
    Map<String, Object> all = new LinkedHashMap<>();
    attributes
        .of(event)
        .forEach(
            (key, value) -> {
              if (isOurs(key.getKey())) {
                all.put(key.getKey(), value);
              }
            });
    Object source = all.remove(AttributeNames.SEMCONV_COST_SOURCE);
    all.keySet().removeAll(SpanSums.NAMES);
    all.putAll(sum);
    if (source != null) {
      all.put(AttributeNames.SEMCONV_COST_AMOUNT, all.get(AttributeNames.COST_AMOUNT));
      all.put(AttributeNames.SEMCONV_COST_CURRENCY, "USD");
      all.put(AttributeNames.SEMCONV_COST_SOURCE, source);
    }
    return all;
  }

  private static boolean isOurs(String name) {
    return name.startsWith("costattr.") || name.equals(AttributeNames.SEMCONV_COST_SOURCE);
  }

  /** Whether a span of that operation is about that attempt, and not about something around it. */
  private static boolean observes(@Nullable String operation, Attempt attempt) {
    String own = EventAttributes.operation(attempt);
    return operation == null
        || operation.equals(own)
        || (GENERATIONS.contains(operation) && GENERATIONS.contains(own))
        || (operation.equals("embedding") && own.equals("embeddings"));
  }
}
