package io.costattr.loopback;

import org.jspecify.annotations.Nullable;

/**
 * What can be made to go wrong: asked for by the model name {@code error-NAME}, or by the header
 * {@code x-loopback-fault: NAME} with any model.
 */
enum Fault {
  BAD_REQUEST("400"),
  UNAUTHORIZED("401"),
  NOT_FOUND("404"),
  RATE_LIMIT("429"),
  /** The first of two requests with the same body is refused, the second answered; and so on. */
  RATE_LIMIT_ONCE("429-once"),
  QUOTA("quota"),
  SERVER("500"),
  OVERLOADED("503"),
  /** The connection is reset before the first byte of the answer. */
  RESET("reset"),
  /** The connection is reset in the middle of the body. */
  CUT("cut"),
  /** The body stops in the middle; the connection stays open until the client closes it. */
  STALL("stall"),
  /** A stream carries an error event in its middle and ends there. */
  STREAM_ERROR("stream-error");

  /** The model that answers where a fault's name stood for the model. */
  static final String STAND_IN = "gpt-5.4-mini";

  private static final String MODEL_PREFIX = "error-";

  private final String id;

  Fault(String id) {
    this.id = id;
  }

  /** The fault that a request asks for, or null. */
  static @Nullable Fault of(WireRequest request, String model) {
    String asked = request.header("x-loopback-fault");
    if (asked == null && model.startsWith(MODEL_PREFIX)) {
      asked = model.substring(MODEL_PREFIX.length());
    }
    for (Fault fault : values()) {
      if (fault.id.equals(asked)) {
        return fault;
      }
    }
    return null;
  }
}
