package io.costattr.advice.context;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.BaggageReader;
import io.costattr.core.attribution.ContextSource;
import io.opentelemetry.api.baggage.Baggage;
import org.jspecify.annotations.Nullable;

/** Reads the current baggage through the application's own OpenTelemetry API. */
public final class OtelBaggage implements ContextSource {

  @Override
  public @Nullable Attribution baggage() {
    Baggage baggage = Baggage.current();
    if (baggage.isEmpty() || !BaggageReader.isReadable(baggage.size())) {
      return null;
    }
    BaggageReader reader = new BaggageReader();
    baggage.forEach((key, entry) -> reader.entry(key, entry.getValue()));
    return reader.attribution();
  }
}
