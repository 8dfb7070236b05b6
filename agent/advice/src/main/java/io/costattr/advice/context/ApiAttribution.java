package io.costattr.advice.context;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.MissingAttributionException;
import io.costattr.core.attribution.ContextSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the application's own copy of the API, and speaks by it. */
public final class ApiAttribution implements ContextSource {

  @Override
  public RuntimeException missing(String message, Set<String> dimensions) {
    return new MissingAttributionException(message, dimensions);
  }

  @Override
  public io.costattr.core.attribution.@Nullable Attribution attribution() {
    Attribution said = AttributionContext.current();
    return said.equals(Attribution.none()) ? null : of(said);
  }

  /** The same, as the agent has it. */
  static io.costattr.core.attribution.Attribution of(Attribution said) {
    return new io.costattr.core.attribution.Attribution(
        said.feature(),
        said.route(),
        said.customerId(),
        said.team(),
        said.environment(),
        said.requestId(),
        said.tags());
  }
}
