package io.costattr.core.rules;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says something of.
 *
 * @param name {@code customer_id}, or {@code tag.NAME}
 */
record Target(String name) {
  private static final String TAG = "tag.";

  /** The dimension or the tag of that name; null when there is none. */
  static @Nullable Target find(String written) {
    Dimension dimension = Dimension.find(written);
    if (dimension != null) {
      return new Target(dimension.id());
    }
    return written.startsWith(TAG) && !written.substring(TAG.length()).isBlank()
        ? new Target(written)
        : null;
  }

  /** The dimension that it is; null for a tag. */
  @Nullable Dimension dimension() {
    return Dimension.find(name);
  }

  /** The name of the tag that it is. */
  String tag() {
    return name.substring(TAG.length());
  }

  /** What an attribution says of it, or null. */
  @Nullable String in(Attribution attribution) {
    Dimension dimension = dimension();
    return dimension == null ? attribution.tags().get(tag()) : attribution.value(dimension);
  }

  @Override
  public String toString() {
    return name;
  }
}
