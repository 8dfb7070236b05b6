package io.costattr.core.attribution;

import static io.costattr.core.attribution.ResolvedAttribution.UNATTRIBUTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.net.URLDecoder;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for calls that do not say: {@code costattr.defaults.*}, and what becomes of those that
 * lack a dimension all the same. Immutable.
 */
public final class Defaults {
  private static final String ENVIRONMENT = "deployment.environment.name";

  private final Attribution attribution;
  private final Policy policy;

  private Defaults(Attribution attribution, Policy policy) {
    this.attribution = attribution;
    this.policy = policy;
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
                config.family(Key.DEFAULTS_TAG))
            .from(Source.DEFAULT),
        Policy.of(config));
  }

  /** Those defaults, and the policy that holds without configuration. */
  public static Defaults of(Attribution attribution) {
    return new Defaults(attribution.from(Source.DEFAULT), Policy.DEFAULT);
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

  /** What holds for calls that do not say. */
  public Attribution attribution() {
    return attribution;
  }

  /** What becomes of a call of which only that was said. */
  public Policy.Verdict judge(Attribution said) {
    return policy.judge(said, attribution);
  }

  /** Whether the policy refuses any call at all. */
  public boolean mayReject() {
    return policy.mayReject();
  }

  /** What was said, with defaults for the rest; what neither has is {@code (unattributed)}. */
  public ResolvedAttribution resolve(Attribution said) {
    Precedence precedence = new Precedence();
    precedence.says(Source.API, said);
    precedence.says(Source.DEFAULT, attribution);
    Attribution whole = precedence.counts();
    Set<String> missing = new LinkedHashSet<>();
    for (Dimension dimension : judge(said).missing()) {
      missing.add(dimension.id());
    }
    return new ResolvedAttribution(
        orUnattributed(whole.feature()),
        orUnattributed(whole.route()),
        orUnattributed(whole.customerId()),
        orUnattributed(whole.team()),
        orUnattributed(whole.environment()),
        whole.tags(),
        missing,
        whole.sources());
  }

  private static String orUnattributed(@Nullable String value) {
    return value == null ? UNATTRIBUTED : value;
  }
}
