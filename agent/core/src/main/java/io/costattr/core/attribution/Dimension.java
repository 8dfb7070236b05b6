package io.costattr.core.attribution;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a call is attributed to. */
public enum Dimension {
  FEATURE("feature", "feature"),
  ROUTE("route", "route"),
  CUSTOMER_ID("customer_id", "customer.id"),
  TEAM("team", "team"),
  ENVIRONMENT("environment", "environment");

  private static final Map<String, Dimension> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(d -> d.id, Function.identity()));

  private final String id;
  private final String attribute;

  Dimension(String id, String attribute) {
    this.id = id;
    this.attribute = attribute;
  }

  /** Its name in the event as JSON: {@code customer_id}. */
  public String id() {
    return id;
  }

  /** Its name in attributes, behind {@code costattr.}: {@code customer.id}. */
  public String attribute() {
    return attribute;
  }

  /** The dimension of that name, as in the event; {@code customer.id} will do too. */
  public static @Nullable Dimension find(String name) {
    return BY_NAME.get(name.replace('.', '_'));
  }
}
