package io.costattr.core.attribution;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application said about a call, before defaults: any dimension may be missing. Immutable
 * and safe to share between threads.
 *
 * @param feature product feature, or null
 * @param route route template or synthetic route ({@code cron:nightly}), or null
 * @param customerId customer, or null
 * @param team team, or null
 * @param environment environment, or null to take the default
 * @param requestId the application's own id of the logical request, or null to have one generated
 * @param tags free tags; never null, possibly empty
 */
public record Attribution(
    @Nullable String feature,
    @Nullable String route,
    @Nullable String customerId,
    @Nullable String team,
    @Nullable String environment,
    @Nullable String requestId,
    Map<String, String> tags) {

  /** Nothing said. */
  public static final Attribution NONE =
      new Attribution(null, null, null, null, null, null, Map.of());

  public Attribution {
    tags = Map.copyOf(tags);
  }

  /** This, overlaid by {@code inner}: what {@code inner} leaves out stays; tags are united. */
  public Attribution overlaid(Attribution inner) {
    Map<String, String> all = tags;
    if (!inner.tags.isEmpty()) {
      all = new HashMap<>(tags);
      all.putAll(inner.tags);
    }
    return new Attribution(
        inner.feature != null ? inner.feature : feature,
        inner.route != null ? inner.route : route,
        inner.customerId != null ? inner.customerId : customerId,
        inner.team != null ? inner.team : team,
        inner.environment != null ? inner.environment : environment,
        inner.requestId != null ? inner.requestId : requestId,
        all);
  }
}
