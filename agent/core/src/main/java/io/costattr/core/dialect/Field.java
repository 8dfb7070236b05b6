package io.costattr.core.dialect;

import java.util.List;

/**
 * What is read off requests and responses, under one name for every dialect. A dialect says at
 * which paths of its own JSON each of them stands.
 */
enum Field {
  // Requests.
  REQUEST_MODEL,
  STREAM,
  BACKGROUND,
  INCLUDE_USAGE,
  REQUESTED_TIER,
  REASONING_EFFORT,
  PROMPT_CACHE_KEY,
  /** The request carries what a model is asked: messages, input or prompt. */
  PROMPT,
  PROMPT_TEXT,

  // Responses and their events.
  RESPONSE_ID,
  RESPONSE_MODEL,
  SERVED_TIER,
  OBJECT,
  EVENT_TYPE,
  STATUS,
  ERROR,
  ERROR_CODE,
  ERROR_TYPE,
  /** The response carries what a model answered: choices or output. */
  ANSWER,
  ANSWER_TEXT,

  // Usage, as the provider reports it.
  USAGE,
  PROMPT_TOKENS,
  COMPLETION_TOKENS,
  TOTAL_TOKENS,
  CACHED_TOKENS,
  CACHE_WRITE_TOKENS,
  CACHE_WRITE_LONG_TOKENS,
  REASONING_TOKENS,
  AUDIO_INPUT_TOKENS,
  AUDIO_OUTPUT_TOKENS,
  IMAGE_INPUT_TOKENS,
  IMAGE_OUTPUT_TOKENS;

  private static final Field[] VALUES = values();
  static final int COUNT = VALUES.length;

  /** The token counts of a usage. */
  static final List<Field> COUNTS = List.of(VALUES).subList(PROMPT_TOKENS.ordinal(), VALUES.length);

  static Field of(int id) {
    return VALUES[id];
  }

  /** The id under which scanners report it. */
  int id() {
    return ordinal();
  }

  boolean isUsage() {
    return compareTo(USAGE) > 0;
  }
}
