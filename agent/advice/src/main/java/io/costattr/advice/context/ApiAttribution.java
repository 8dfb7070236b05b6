package io.costattr.advice.context;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.core.attribution.ContextSource;
import org.jspecify.annotations.Nullable;

/** Reads the application's own copy of the API. */
public final class ApiAttribution implements ContextSource {

  @Override
  public io.costattr.core.attribution.@Nullable Attribution attribution() {
    Attribution said = AttributionContext.current();
    return said.equals(Attribution.none())
        ? null
        : new io.costattr.core.attribution.Attribution(
            said.feature(),
            said.route(),
            said.customerId(),
            said.team(),
            said.environment(),
            said.requestId(),
            said.tags());
  }
}
