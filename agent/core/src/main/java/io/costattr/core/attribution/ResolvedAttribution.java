package io.costattr.core.attribution;

import java.util.Map;
import java.util.Set;

/**
 * The dimensions of an entry, after defaults. No component is null or empty: what nobody supplied
 * is {@link #UNATTRIBUTED}.
 *
 * @param feature feature or {@link #UNATTRIBUTED}
 * @param route route or {@link #UNATTRIBUTED}
 * @param customerId customer or {@link #UNATTRIBUTED}
 * @param team team or {@link #UNATTRIBUTED}
 * @param environment environment or {@link #UNATTRIBUTED}
 * @param tags free tags, default tags included
 * @param missing the names of the dimensions that nobody supplied and the policy requires, as they
 *     stand in the event
 * @param sources who supplied each dimension
 */
public record ResolvedAttribution(
    String feature,
    String route,
    String customerId,
    String team,
    String environment,
    Map<String, String> tags,
    Set<String> missing,
    Sources sources) {

  /** The bucket of a dimension that nobody supplied. */
  public static final String UNATTRIBUTED = "(unattributed)";
}
