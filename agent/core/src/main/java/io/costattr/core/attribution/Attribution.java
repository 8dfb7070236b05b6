package io.costattr.core.attribution;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was said about a call, before defaults, and by whom: any dimension may be missing. Immutable
 * and safe to share between threads.
 *
 * @param feature product feature, or null
 * @param route route template or synthetic route ({@code cron:nightly}), or null
 * @param customerId customer, or null
 * @param team team, or null
 * @param environment environment, or null to take the default
 * @param requestId the application's own id of the logical request, or null to have one generated
 * @param tags free tags; never null, possibly empty
 * @param sources who said each of the dimensions
 */
public record Attribution(
    @Nullable String feature,
    @Nullable String route,
    @Nullable String customerId,
    @Nullable String team,
    @Nullable String environment,
    @Nullable String requestId,
    Map<String, String> tags,
    Sources sources) {

  /** Nothing said. */
  public static final Attribution NONE =
      new Attribution(null, null, null, null, null, null, Map.of(), Sources.NONE);

  public Attribution {
    feature = said(feature);
    route = said(route);
    customerId = said(customerId);
    team = said(team);
    environment = said(environment);
    requestId = said(requestId);
    tags = Map.copyOf(tags);
  }

  /** What is blank is not said. */
  private static @Nullable String said(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** What the application itself said. */
  public Attribution(
      @Nullable String feature,
      @Nullable String route,
      @Nullable String customerId,
      @Nullable String team,
      @Nullable String environment,
      @Nullable String requestId,
      Map<String, String> tags) {
    this(
        feature,
        route,
        customerId,
        team,
        environment,
        requestId,
        tags,
        sources(Source.API, feature, route, customerId, team, environment));
  }

  /**
   * What that source says.
   *
   * @param values of the dimensions, each at its ordinal; null where it says nothing
   */
  public static Attribution by(Source source, @Nullable String[] values, Map<String, String> tags) {
    return by(
        source,
        values[Dimension.FEATURE.ordinal()],
        values[Dimension.ROUTE.ordinal()],
        values[Dimension.CUSTOMER_ID.ordinal()],
        values[Dimension.TEAM.ordinal()],
        values[Dimension.ENVIRONMENT.ordinal()],
        tags);
  }

  /** What that source says. */
  static Attribution by(
      Source source,
      @Nullable String feature,
      @Nullable String route,
      @Nullable String customerId,
      @Nullable String team,
      @Nullable String environment,
      Map<String, String> tags) {
    return new Attribution(
        feature,
        route,
        customerId,
        team,
        environment,
        null,
        tags,
        sources(source, feature, route, customerId, team, environment));
  }

  private static Sources sources(
      Source source,
      @Nullable String feature,
      @Nullable String route,
      @Nullable String customerId,
      @Nullable String team,
      @Nullable String environment) {
    return Sources.all(
        source,
        said(feature) != null,
        said(route) != null,
        said(customerId) != null,
        said(team) != null,
        said(environment) != null);
  }

  /** The same, all of it said by that source. */
  public Attribution from(Source source) {
    return new Attribution(
        feature,
        route,
        customerId,
        team,
        environment,
        requestId,
        tags,
        sources(source, feature, route, customerId, team, environment));
  }

  /**
   * Whether somebody has said this of the call, and not only of where the thread happens to be. Of
   * rules only one that knows the customer counts: others hold wherever a thread comes by.
   */
  public boolean saysWho() {
    if (requestId != null || !tags.isEmpty() || sources.of(Dimension.CUSTOMER_ID) == Source.RULE) {
      return true;
    }
    for (Dimension dimension : Dimension.values()) {
      if (sources.of(dimension).compareTo(Source.RULE) < 0) {
        return true;
      }
    }
    return false;
  }

  /** What it says of that dimension, or null. */
  public @Nullable String value(Dimension dimension) {
    return switch (dimension) {
      case FEATURE -> feature;
      case ROUTE -> route;
      case CUSTOMER_ID -> customerId;
      case TEAM -> team;
      case ENVIRONMENT -> environment;
    };
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
        all,
        sources.overlaid(inner.sources));
  }

  /** This, but for what {@code other} says in the same words. */
  Attribution without(Attribution other) {
    @Nullable String[] values = new String[Dimension.values().length];
    for (Dimension dimension : Dimension.values()) {
      String value = value(dimension);
      values[dimension.ordinal()] =
          value != null && value.equals(other.value(dimension)) ? null : value;
    }
    Map<String, String> others = new HashMap<>(tags);
    others.entrySet().removeAll(other.tags.entrySet());
    return by(Source.BAGGAGE, values, others);
  }
}
