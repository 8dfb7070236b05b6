package io.costattr.core.price;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of a price file, in the order of the shipped one; a file may have them in any. */
enum PriceColumn {
  PROVIDER(true),
  MODEL(true),
  ALIASES(false),
  TIER(false),
  CONTEXT(false),
  LONG_CONTEXT_OVER(false),
  METER(true),
  USD(true),
  PER(true),
  REGIONAL_UPLIFT(false),
  EFFECTIVE_FROM(true),
  EFFECTIVE_TO(false),
  HOURS_UTC(false),
  SOURCE(false),
  CHECKED_ON(false),
  CONFIDENCE(false),
  NOTE(false);

  static final PriceColumn[] ALL = values();

  final String id = name().toLowerCase(Locale.ROOT);

  /** Whether every file must have it. */
  final boolean required;

  PriceColumn(boolean required) {
    this.required = required;
  }

  static @Nullable PriceColumn of(String id) {
    for (PriceColumn column : ALL) {
      if (column.id.equals(id)) {
        return column;
      }
    }
    return null;
  }

  static String list() {
    StringBuilder list = new StringBuilder();
    for (PriceColumn column : ALL) {
      list.append(list.isEmpty() ? "" : ", ").append(column.id);
    }
    return list.toString();
  }
}
