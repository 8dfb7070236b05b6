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
  CONTAINER_SESSION(Kind.COUNT, "session"),
  /** One picture of 256x256. {@link #IMAGE} is one whose price does not depend on its size. */
  IMAGE_256(Kind.COUNT, "image"),
  /** One picture of 512x512. */
  IMAGE_512(Kind.COUNT, "image"),
  /** One picture of 1024x1024 in standard quality. */
  IMAGE_1024(Kind.COUNT, "image"),
  /** One picture of 1024x1792 or 1792x1024 in standard quality. */
  IMAGE_1792(Kind.COUNT, "image"),
  /** One picture of 1024x1024 in quality hd. */
  IMAGE_HD_1024(Kind.COUNT, "image"),
  /** One picture of 1024x1792 or 1792x1024 in quality hd. */
  IMAGE_HD_1792(Kind.COUNT, "image"),
  /** A second of video of 720x1280 or 1280x720. */
  VIDEO_SECOND_720P(Kind.COUNT, "second"),
  /** A second of video of 1024x1792 or 1792x1024. */
  VIDEO_SECOND_1024P(Kind.COUNT, "second"),
  /** A call of the tool {@code web_search_preview}, whose fee depends on the model. */
  WEB_SEARCH_PREVIEW_CALL(Kind.COUNT, "call"),
  /** A container of 4 GB; {@link #CONTAINER_SESSION} is one of the default size, 1 GB. */
  CONTAINER_SESSION_4G(Kind.COUNT, "session"),
  CONTAINER_SESSION_16G(Kind.COUNT, "session"),
  CONTAINER_SESSION_64G(Kind.COUNT, "session"),
  /**
   * What a search has found, where it is billed as a fixed block of tokens that the usage does not
   * show; at the rate of {@link #INPUT}.
   */
  SEARCH_INPUT(Kind.COUNT, "token");

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
