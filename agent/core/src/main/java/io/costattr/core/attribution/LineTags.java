package io.costattr.core.attribution;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a batch job's request say who pays for it: {@code metadata.costattr.feature},
 * {@code .route}, {@code .customer.id}, {@code .team}, {@code .environment}, {@code .tag.NAME}, and
 * what {@code costattr.batch.line.*} names besides. Immutable.
 */
public final class LineTags {
  private static final String OWN = "metadata.costattr.";
  private static final String FEATURE = "feature";
  private static final String ROUTE = "route";
  private static final String CUSTOMER = "customer.id";
  private static final String TEAM = "team";
  private static final String ENVIRONMENT = "environment";
  private static final String TAG = "tag.";

  /** Without rules of the user's. */
  public static final LineTags OWN_NAMES = new LineTags();

  /** The dimensions that each field of the user's names. */
  private final Map<String, List<String>> mapped = new HashMap<>();

  private LineTags() {}

  public static LineTags of(Config config) {
    LineTags tags = new LineTags();
    tags.map(config.text(Key.BATCH_LINE_FEATURE), FEATURE);
    tags.map(config.text(Key.BATCH_LINE_ROUTE), ROUTE);
    tags.map(config.text(Key.BATCH_LINE_CUSTOMER_ID), CUSTOMER);
    tags.map(config.text(Key.BATCH_LINE_TEAM), TEAM);
    tags.map(config.text(Key.BATCH_LINE_ENVIRONMENT), ENVIRONMENT);
    config.family(Key.BATCH_LINE_TAG).forEach((name, field) -> tags.map(field, TAG + name));
    return tags;
  }

  private void map(@Nullable String field, String dimension) {
    if (field != null) {
      mapped.computeIfAbsent(field, unused -> new ArrayList<>()).add(dimension);
    }
  }

  /** The dimension that a field of that name sets by its name; null when it sets none. */
  private static @Nullable String own(String field) {
    if (!field.startsWith(OWN)) {
      return null;
    }
    String dimension = field.substring(OWN.length());
    return switch (dimension) {
      case FEATURE, ROUTE, CUSTOMER, TEAM, ENVIRONMENT -> dimension;
      default ->
          dimension.startsWith(TAG) && !dimension.substring(TAG.length()).isBlank()
              ? dimension
              : null;
    };
  }

  /** Whether a field of that name says something of who pays. */
  public boolean wants(String field) {
    return own(field) != null || mapped.containsKey(field);
  }

  /** What one request after the other says. Not thread-safe. */
  public final class Said {
    private final Map<String, String> own = new HashMap<>();
    private final Map<String, String> byRule = new HashMap<>();

    /**
     * The request has a field.
     *
     * @param field {@code metadata.KEY}, {@code user} or {@code safety_identifier}
     */
    public void field(String field, String value) {
      if (value.isBlank()) {
        return;
      }
      String dimension = own(field);
      if (dimension != null) {
        own.put(dimension, value);
      }
      for (String ruled : mapped.getOrDefault(field, List.of())) {
        byRule.put(ruled, value);
      }
    }

    /** Who pays for the request, which is over; null when it has not said anything of that. */
    public @Nullable Attribution take() {
      Precedence precedence = new Precedence();
      precedence.says(Source.API, attribution(own, Source.API));
      precedence.says(Source.RULE, attribution(byRule, Source.RULE));
      forget();
      Attribution said = precedence.counts();
      return said.equals(Attribution.NONE) ? null : said;
    }

    private static @Nullable Attribution attribution(Map<String, String> values, Source source) {
      if (values.isEmpty()) {
        return null;
      }
      Map<String, String> tags = new HashMap<>();
      values.forEach(
          (dimension, value) -> {
            if (dimension.startsWith(TAG)) {
              tags.put(dimension.substring(TAG.length()), value);
            }
          });
      return new Attribution(
              values.get(FEATURE),
              values.get(ROUTE),
              values.get(CUSTOMER),
              values.get(TEAM),
              values.get(ENVIRONMENT),
              null,
              tags)
          .from(source);
    }

    /** What was said of the request does not count. */
    public void forget() {
      own.clear();
      byRule.clear();
    }
  }
}
