package io.costattr.core.rules;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says something of.
 *
 * @param dimension null for a tag
 * @param tag the name of the tag; empty for a dimension
 */
record Target(@Nullable Dimension dimension, String tag) {
  private static final String TAG = "tag.";

  /** The dimension or the tag of that name; null when there is none. */
  static @Nullable Target find(String written) {
    Dimension dimension = Dimension.find(written);
    if (dimension != null) {
      return new Target(dimension, "");
    }
    String tag = written.startsWith(TAG) ? written.substring(TAG.length()) : "";
    return tag.isBlank() ? null : new Target(null, tag);
  }

  /** What an attribution says of it, or null. */
  @Nullable String in(Attribution attribution) {
    return dimension == null ? attribution.tags().get(tag) : attribution.value(dimension);
  }

  /** As it is written: {@code customer_id}, or {@code tag.NAME}. */
  String name() {
    return dimension == null ? TAG + tag : dimension.id();
  }

  @Override
  public String toString() {
    return name();
  }
}
