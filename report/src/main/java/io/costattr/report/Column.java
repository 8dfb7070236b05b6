package io.costattr.report;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event that become columns of the table of calls, by their own names; {@code
 * event_id}, {@code timestamp} and {@code tags} come besides.
 */
enum Column {
  SERVICE(Type.TEXT),
  ENVIRONMENT(Type.TEXT),
  FEATURE(Type.TEXT),
  ROUTE(Type.TEXT),
  CUSTOMER_ID(Type.TEXT),
  TEAM(Type.TEXT),
  PROVIDER(Type.TEXT),
  ENDPOINT(Type.TEXT),
  MODEL(Type.TEXT),
  CLIENT(Type.TEXT),
  COST_BASIS(Type.TEXT),
  OUTCOME(Type.TEXT),
  ERROR_CODE(Type.TEXT),
  HTTP_STATUS(Type.NUMBER),
  PROMPT_TOKENS(Type.NUMBER),
  COMPLETION_TOKENS(Type.NUMBER),
  CACHED_TOKENS(Type.NUMBER),
  COST_USD(Type.USD),
  COST_AT_RISK_USD(Type.USD);

  enum Type {
    TEXT("VARCHAR"),
    NUMBER("BIGINT"),
    USD("DECIMAL(18,12)");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }

  static final List<Column> TEXTS = of(Type.TEXT);
  static final List<Column> NUMBERS = of(Type.NUMBER);
  static final List<Column> USD = of(Type.USD);

  private static final int[] PLACES = new int[values().length];
  private static final Map<String, Column> BY_FIELD = new HashMap<>();

  static {
    for (Column column : values()) {
      BY_FIELD.put(column.field, column);
      PLACES[column.ordinal()] =
          switch (column.type) {
            case TEXT -> TEXTS.indexOf(column);
            case NUMBER -> NUMBERS.indexOf(column);
            case USD -> USD.indexOf(column);
          };
    }
  }

  private final Type type;
  private final String field = name().toLowerCase(Locale.ROOT);

  Column(Type type) {
    this.type = type;
  }

  Type type() {
    return type;
  }

  /** The event's field and the table's column. */
  String field() {
    return field;
  }

  /** Its place among the columns of its type. */
  int index() {
    return PLACES[ordinal()];
  }

  static @Nullable Column ofField(String field) {
    return BY_FIELD.get(field);
  }

  private static List<Column> of(Type type) {
    return Arrays.stream(values()).filter(column -> column.type == type).toList();
  }
}
