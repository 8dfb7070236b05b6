package io.costattr.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What calls can be grouped and chosen by.
 *
 * @param name as the user says it, for example {@code customer}, {@code tag.experiment}
 * @param sql the expression over the table of calls; text, or null where a call has no value
 * @param isTime whether its values are in the order of time
 */
record Dimension(String name, String sql, boolean isTime) {
  private static final String TAG = "tag.";
  private static final Map<String, Dimension> KNOWN = new LinkedHashMap<>();

  static {
    add("feature", "feature");
    add("customer", "customer_id");
    add("route", "route");
    add("team", "team");
    add("environment", "environment");
    add("service", "service");
    add("model", "model");
    add("provider", "provider");
    add("endpoint", "endpoint");
    add("client", "client");
    add("basis", "cost_basis");
    KNOWN.put("day", new Dimension("day", "strftime(\"timestamp\", '%Y-%m-%d')", true));
    KNOWN.put("hour", new Dimension("hour", "strftime(\"timestamp\", '%Y-%m-%dT%H:00Z')", true));
  }

  private static void add(String name, String column) {
    KNOWN.put(name, new Dimension(name, column, false));
  }

  /** The dimension of that name or of the event's field; null when there is none. */
  static @Nullable Dimension of(String text) {
    if (text.startsWith(TAG) && text.length() > TAG.length()) {
      String key = text.substring(TAG.length()).replace("'", "''");
      return new Dimension(text, "tags['" + key + "']", false);
    }
    String name = text.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "customer_id" -> KNOWN.get("customer");
      case "cost_basis" -> KNOWN.get("basis");
      default -> KNOWN.get(name);
    };
  }

  /** The names of all, for messages. */
  static String names() {
    return String.join(", ", KNOWN.keySet()) + ", tag.NAME";
  }
}
