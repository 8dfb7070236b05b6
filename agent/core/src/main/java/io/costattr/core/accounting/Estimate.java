package io.costattr.core.accounting;

import io.costattr.core.dialect.Endpoint;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.scan.TextSample;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.TokenEstimator;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens of the texts that passed, where the provider reported none: by o200k_base, of a
 * bounded sample that stands for the whole. Reasoning, images and tool schemas are not seen.
 */
final class Estimate {
  private final TokenEstimator tokens = new TokenEstimator();

  /**
   * @param interim what the provider had reported when the stream broke off: its input stands, and
   *     of its output there is no less than that; or null
   */
  Usage usage(Exchange exchange, @Nullable Usage interim) {
    if (interim != null) {
      long counted = count(exchange.response().text());
      long output = interim.quantity(Meter.OUTPUT);
      return counted <= output ? interim : interim.toBuilder().set(Meter.OUTPUT, counted).build();
    }
    Usage input = input(exchange);
    long completion =
        exchange.route().endpoint() == Endpoint.EMBEDDINGS ? 0 : count(exchange.response().text());
    return input.toBuilder()
        .set(Meter.OUTPUT, completion)
        .reported(Usage.Reported.of(input.quantity(Meter.INPUT), completion))
        .build();
  }

  /** The request alone. */
  Usage input(Exchange exchange) {
    long prompt = count(exchange.request().text());
    if (exchange.route().endpoint() == Endpoint.CHAT) {
      prompt += TokenEstimator.CHAT_OVERHEAD;
    }
    return Usage.builder().set(Meter.INPUT, prompt).build();
  }

  private long count(TextSample text) {
    if (text.sampledBytes() == 0) {
      return 0;
    }
    long sampled = tokens.count(text.sampled());
    return text.truncated()
        ? Math.round((double) sampled * text.bytesSeen() / text.sampledBytes())
        : sampled;
  }
}
