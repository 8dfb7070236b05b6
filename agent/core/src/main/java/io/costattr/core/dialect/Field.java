package io.costattr.core.dialect;

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
  /** The most tokens that the answer may have. */
  OUTPUT_LIMIT,
  /** How many pictures are asked for. */
  COPIES,
  SIZE,
  QUALITY,
  VOICE,
  /** Text that is to be read aloud: its characters are counted, and it is not kept. */
  SPOKEN,
  /** What a file is uploaded for. */
  PURPOSE,
  /** What kind of event it is, in a stream or on a socket. */
  EVENT_TYPE,
  /** On a socket: which of several streams of responses it belongs to. */
  LANE,
  /** On a socket: the event's own name, or that of the event to which this answers. */
  EVENT_ID,
  /** On a socket: the last of the kinds of answer that are asked for, text or audio. */
  MODALITY,
  /** On a socket: the model that writes down what is heard. */
  TRANSCRIPTION_MODEL,
  /** A file is sent along: sound, or a picture. */
  FILE,

  // The provider's own tools, see Tools.
  TOOL_TYPE,
  TOOL_MODEL,
  TOOL_CONTAINER,
  TOOL_MEMORY,
  ITEM,
  ITEM_TYPE,
  ITEM_STATUS,
  ITEM_ACTION,
  ITEM_CONTAINER,
  /** How many searches the provider says that it bills. */
  SEARCHES,

  // Responses and their events.
  RESPONSE_ID,
  RESPONSE_MODEL,
  SERVED_TIER,
  OBJECT,
  /** On a socket: the id of the response of which an event tells a part. */
  OF_RESPONSE,
  /** What of the request an error is about. */
  ERROR_PARAM,
  STATUS,
  ERROR,
  ERROR_CODE,
  ERROR_TYPE,
  /** The response carries what a model answered: choices or output. */
  ANSWER,
  ANSWER_TEXT,
  /** One of the pictures of the answer. */
  PICTURE,
  /** Seconds of sound or film, of a film as a string. */
  SECONDS,
  MEMORY,
  /** The model has said that, and why, it is done. */
  FINISH,
  /** Where the provider says that it ran the model. */
  INFERENCE_REGION,
  /** A faster way of serving, beside the tier. */
  SPEED,
  /** In which way the capacity is paid. */
  TRAFFIC,
  /** Something was looked up on the web for the answer. */
  GROUNDING,
  /** One query of such a look-up. */
  WEB_QUERY,
  // What llama.cpp counts with its timings, where it reports no usage.
  TIMED_PROMPT_TOKENS,
  TIMED_CACHED_TOKENS,
  TIMED_COMPLETION_TOKENS,

  // Batch jobs and the lines of their results.
  INPUT_FILE,
  OUTPUT_FILE,
  ERROR_FILE,
  LINE_ID,
  LINE_REQUEST_ID,
  CUSTOM_ID,
  STATUS_CODE,
  CREATED,
  /** The answer says of every input whether it is harmful. */
  VERDICTS,

  // Usage, as the provider reports it.
  USAGE,
  /** A usage that replaces only what it names of the one before, and is the last. */
  FINAL_USAGE,
  /** What the provider charges, in its own unit. */
  CHARGE,
  /** What another provider charges to the caller's own key. */
  UPSTREAM_CHARGE,
  OWN_KEY,
  PART_NAME,
  /** Seconds of sound that are billed; some say fractions. */
  BILLED_SECONDS,
  PROMPT_TOKENS,
  COMPLETION_TOKENS,
  TOTAL_TOKENS,
  CACHED_TOKENS,
  CACHED_TEXT_TOKENS,
  CACHED_IMAGE_TOKENS,
  CACHED_AUDIO_TOKENS,
  CACHE_WRITE_TOKENS,
  CACHE_WRITE_LONG_TOKENS,
  REASONING_TOKENS,
  TEXT_INPUT_TOKENS,
  TEXT_OUTPUT_TOKENS,
  AUDIO_INPUT_TOKENS,
  AUDIO_OUTPUT_TOKENS,
  IMAGE_INPUT_TOKENS,
  IMAGE_OUTPUT_TOKENS,
  /** Prompt tokens that tools of the provider's have added. */
  TOOL_PROMPT_TOKENS,
  CACHE_WRITE_SHORT_TOKENS,
  WEB_SEARCHES,
  AUDIO_SECONDS,

  // One element of a breakdown, gathered as a Part when the element ends.
  PART_PROMPT_TOKENS,
  PART_COMPLETION_TOKENS,
  PART_CACHED_TOKENS,
  PART_CACHE_WRITE_TOKENS,
  PART_CACHE_WRITE_LONG_TOKENS,
  PROMPT_PART,
  CACHED_PART,
  COMPLETION_PART,
  TOOL_PROMPT_PART,
  ITERATION;

  private static final Field[] VALUES = values();
  static final int COUNT = VALUES.length;
  static final Field LAST_OF_REQUESTS = FILE;

  static Field of(int id) {
    return VALUES[id];
  }

  /** The id under which scanners report it. */
  int id() {
    return ordinal();
  }

  /** The id under which scanners report it of a usage beside the response's own. */
  int besideId() {
    return COUNT + ordinal();
  }

  /** Whether it tells of the provider's own tools. */
  boolean isTool() {
    return compareTo(TOOL_TYPE) >= 0 && compareTo(ITEM_CONTAINER) <= 0;
  }

  /** Whether it is a whole number within a usage. */
  boolean isCount() {
    return compareTo(PROMPT_TOKENS) >= 0;
  }

  /** Whether prices are looked up by it. */
  boolean isName() {
    return switch (this) {
      case REQUEST_MODEL, RESPONSE_MODEL, REQUESTED_TIER, SERVED_TIER -> true;
      default -> false;
    };
  }

  /** Whether it is an amount of money. */
  boolean isCharge() {
    return this == CHARGE || this == UPSTREAM_CHARGE;
  }

  /** Whether it ends an element of a breakdown. */
  boolean isPart() {
    return switch (this) {
      case PROMPT_PART, CACHED_PART, COMPLETION_PART, TOOL_PROMPT_PART, ITERATION -> true;
      default -> false;
    };
  }
}
