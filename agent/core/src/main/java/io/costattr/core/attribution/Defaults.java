package io.costattr.core.attribution;

import static io.costattr.core.attribution.ResolvedAttribution.UNATTRIBUTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.net.URLDecoder;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds for calls that do not say: {@code costattr.defaults.*}. Immutable. */
public final class Defaults {
  private static final String ENVIRONMENT = "deployment.environment.name";

  private final Attribution attribution;

  private Defaults(Attribution attribution) {
    this.attribution = attribution;
  }

  public static Defaults of(Config config) {
    return new Defaults(
        new Attribution(
            config.text(Key.DEFAULTS_FEATURE),
            config.text(Key.DEFAULTS_ROUTE),
            config.text(Key.DEFAULTS_CUSTOMER_ID),
            config.text(Key.DEFAULTS_TEAM),
            environment(config),
            null,
            config.family(Key.DEFAULTS_TAG)));
  }

  private static @Nullable String environment(Config config) {
    String configured = config.text(Key.DEFAULTS_ENVIRONMENT);
    String resource = config.otel().get("otel.resource.attributes");
    if (configured != null || resource == null) {
      return configured;
    }
    for (String attribute : resource.split(",")) {
      int equals = attribute.indexOf('=');
      if (equals > 0 && attribute.substring(0, equals).trim().equals(ENVIRONMENT)) {
        String value = decoded(attribute.substring(equals + 1).trim());
        return value.isBlank() ? null : value;
      }
    }
    return null;
  }

  /** Values are percent-encoded, as in W3C Baggage; a plus is a plus. */
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }

  /** The defaults themselves; a dimension without one is null. */
  public Attribution attribution() {
    return attribution;
  }

  /** What was said, with defaults for the rest; what neither has is {@code (unattributed)}. */
  public ResolvedAttribution resolve(Attribution said) {
    Set<String> missing = new LinkedHashSet<>();
    String feature = resolve("feature", said.feature(), attribution.feature(), missing);
    String route = resolve("route", said.route(), attribution.route(), missing);
    String customer = resolve("customer_id", said.customerId(), attribution.customerId(), missing);
    String team = resolve("team", said.team(), attribution.team(), missing);
    String environment =
        resolve("environment", said.environment(), attribution.environment(), missing);
    Map<String, String> tags = said.tags();
    if (!attribution.tags().isEmpty()) {
      tags = new TreeMap<>(attribution.tags());
      tags.putAll(said.tags());
    }
    return new ResolvedAttribution(feature, route, customer, team, environment, tags, missing);
  }

  private static String resolve(
      String dimension, @Nullable String said, @Nullable String byDefault, Set<String> missing) {
    if (said != null && !said.isBlank()) {
      return said;
    }
    if (byDefault != null) {
      return byDefault;
    }
    missing.add(dimension);
    return UNATTRIBUTED;
  }
}
