package io.costattr.core.usage;

import java.util.Locale;

/**
 * A billable quantity. Token meters are disjoint: a token counts in exactly one of them, so that a
 * cost is a plain dot product of quantities and rates.
 */
public enum Meter {
  INPUT(Kind.INPUT, "token"),
  CACHED_INPUT(Kind.INPUT, "token"),
  /** Tokens written to the prompt cache with the short time to live. */
  CACHE_WRITE(Kind.INPUT, "token"),
  /** Tokens written to the prompt cache with the long time to live. */
  CACHE_WRITE_LONG(Kind.INPUT, "token"),
  AUDIO_INPUT(Kind.INPUT, "token"),
  CACHED_AUDIO_INPUT(Kind.INPUT, "token"),
  IMAGE_INPUT(Kind.INPUT, "token"),
  CACHED_IMAGE_INPUT(Kind.INPUT, "token"),
  OUTPUT(Kind.OUTPUT, "token"),
  AUDIO_OUTPUT(Kind.OUTPUT, "token"),
  IMAGE_OUTPUT(Kind.OUTPUT, "token"),
  IMAGE(Kind.COUNT, "image"),
  SECOND(Kind.COUNT, "second"),
  CHARACTER(Kind.COUNT, "character"),
  WEB_SEARCH_CALL(Kind.COUNT, "call"),
  FILE_SEARCH_CALL(Kind.COUNT, "call"),
  CONTAINER_SESSION(Kind.COUNT, "session");

  /** On which side of the request a meter counts. */
  public enum Kind {
    INPUT,
    OUTPUT,
    COUNT
  }

  private static final Meter[] VALUES = values();

  private final Kind kind;
  private final String unit;
  private final String id = name().toLowerCase(Locale.ROOT);

  Meter(Kind kind, String unit) {
    this.kind = kind;
    this.unit = unit;
  }

  /** The name in price books, events and metrics, for example {@code cached_input}. */
  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /** What one of it is: token, image, second, character, call, session. */
  public String unit() {
    return unit;
  }

  /**
   * The meter of that {@link #id}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Meter of(String id) {
    for (Meter meter : VALUES) {
      if (meter.id.equals(id)) {
        return meter;
      }
    }
    throw new IllegalArgumentException("no meter \"" + id + "\"");
  }
}
