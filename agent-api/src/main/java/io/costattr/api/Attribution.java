package io.costattr.api;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who pays for the model calls made while it is in force: any dimension may be left out. Immutable
 * and safe to share between threads. A null or blank value counts as left out.
 */
public final class Attribution {
  /**
   * Loads it: the agent looks out for that class, and an application may do with this one, in
   * Reactor's context for example.
   */
  @SuppressWarnings("unused")
  private static final Class<?> CONTEXT = AttributionContext.class;

  private static final Attribution NONE = new Attribution(new Builder());

  private final @Nullable String feature;
  private final @Nullable String route;
  private final @Nullable String customerId;
  private final @Nullable String team;
  private final @Nullable String environment;
  private final @Nullable String requestId;
  private final Map<String, String> tags;

  private Attribution(Builder builder) {
    this.feature = builder.feature;
    this.route = builder.route;
    this.customerId = builder.customerId;
    this.team = builder.team;
    this.environment = builder.environment;
    this.requestId = builder.requestId;
    this.tags =
        builder.tags.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new TreeMap<>(builder.tags));
  }

  /** The attribution that says nothing. */
  public static Attribution none() {
    return NONE;
  }

  /** Starts an attribution that says nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** The product feature, for example {@code support-chat}; null when not said. */
  public @Nullable String feature() {
    return feature;
  }

  /**
   * The route template, for example {@code /api/v1/chat/answer}, or a synthetic route such as
   * {@code cron:nightly-summarize}; null when not said.
   */
  public @Nullable String route() {
    return route;
  }

  /** The customer; {@code internal} or {@code system} for the company's own; null when not said. */
  public @Nullable String customerId() {
    return customerId;
  }

  /** The team that owns the call; null when not said. */
  public @Nullable String team() {
    return team;
  }

  /** The environment, where it differs from the process's own; null when not said. */
  public @Nullable String environment() {
    return environment;
  }

  /**
   * The application's own id of the logical request, which the retries of one call share; null to
   * have the agent generate one for every call.
   */
  public @Nullable String requestId() {
    return requestId;
  }

  /** Free tags, sorted by name; unmodifiable, never null. */
  public Map<String, String> tags() {
    return tags;
  }

  /** A builder that starts with everything this says. */
  public Builder toBuilder() {
    return new Builder().merge(this);
  }

  /** This, overlaid by {@code inner}: what {@code inner} leaves out stays; tags are united. */
  public Attribution merge(Attribution inner) {
    if (inner.equals(NONE)) {
      return this;
    }
    return equals(NONE) ? inner : toBuilder().merge(inner).build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Attribution that
            && Objects.equals(feature, that.feature)
            && Objects.equals(route, that.route)
            && Objects.equals(customerId, that.customerId)
            && Objects.equals(team, that.team)
            && Objects.equals(environment, that.environment)
            && Objects.equals(requestId, that.requestId)
            && tags.equals(that.tags));
  }

  @Override
  public int hashCode() {
    return Objects.hash(feature, route, customerId, team, environment, requestId, tags);
  }

  @Override
  public String toString() {
    return "Attribution[feature="
        + feature
        + ", route="
        + route
        + ", customerId="
        + customerId
        + ", team="
        + team
        + ", environment="
        + environment
        + ", requestId="
        + requestId
        + ", tags="
        + tags
        + "]";
  }

  /** Collects dimensions. Not thread-safe. */
  public static final class Builder {
    private @Nullable String feature;
    private @Nullable String route;
    private @Nullable String customerId;
    private @Nullable String team;
    private @Nullable String environment;
    private @Nullable String requestId;
    private final TreeMap<String, String> tags = new TreeMap<>();

    private Builder() {}

    public Builder feature(@Nullable String feature) {
      this.feature = said(feature);
      return this;
    }

    public Builder route(@Nullable String route) {
      this.route = said(route);
      return this;
    }

    public Builder customerId(@Nullable String customerId) {
      this.customerId = said(customerId);
      return this;
    }

    public Builder team(@Nullable String team) {
      this.team = said(team);
      return this;
    }

    public Builder environment(@Nullable String environment) {
      this.environment = said(environment);
      return this;
    }

    public Builder requestId(@Nullable String requestId) {
      this.requestId = said(requestId);
      return this;
    }

    /**
     * Sets a free tag, for example {@code tag("experiment", "B")}; a null or blank value removes
     * it.
     *
     * @throws IllegalArgumentException when the name is blank
     */
    public Builder tag(String name, @Nullable String value) {
      if (said(name) == null) {
        throw new IllegalArgumentException("a tag needs a name");
      }
      if (said(value) == null) {
        tags.remove(name);
      } else {
        tags.put(name, value);
      }
      return this;
    }

    /** Takes over everything that {@code other} says. */
    public Builder merge(Attribution other) {
      feature = other.feature != null ? other.feature : feature;
      route = other.route != null ? other.route : route;
      customerId = other.customerId != null ? other.customerId : customerId;
      team = other.team != null ? other.team : team;
      environment = other.environment != null ? other.environment : environment;
      requestId = other.requestId != null ? other.requestId : requestId;
      tags.putAll(other.tags);
      return this;
    }

    public Attribution build() {
      return new Attribution(this);
    }

    private static @Nullable String said(@Nullable String value) {
      return value == null || value.isBlank() ? null : value;
    }
  }
}
