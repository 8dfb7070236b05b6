package io.costattr.core.accounting;

import io.costattr.core.dialect.Endpoint;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most that an attempt may have used which ended before its answer did: what is known of its
 * input, and of its output as much as the request allows. Where it sets no limit, as much as the
 * longest answer of that model in this JVM had, and {@link #LEAST} tokens at least. An upper
 * estimate, not a bound. For one thread.
 */
final class Risk {
  static final long LEAST = 4_096;
  private static final int MODELS = 256;

  private final Map<String, Long> longest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MODELS;
        }
      };

  /** Takes note of an answer that came to its end. */
  void learn(@Nullable String model, Usage usage) {
    if (model != null) {
      longest.merge(model, usage.outputTokens(), Math::max);
    }
  }

  /**
   * @param known what was counted of the input, and of the output so far
   * @param limit the most tokens of output that the request allows, or null
   */
  Usage most(Exchange exchange, @Nullable String model, Usage known, @Nullable Long limit) {
    if (exchange.route().endpoint() == Endpoint.EMBEDDINGS) {
      return known;
    }
    Long seen = model == null ? null : longest.get(model);
    long output = limit != null && limit > 0 ? limit : Math.max(LEAST, seen == null ? 0 : seen);
    return known.toBuilder()
        .set(Meter.OUTPUT, Math.max(output, known.quantity(Meter.OUTPUT)))
        .build();
  }
}
