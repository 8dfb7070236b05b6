package io.costattr.core.exchange;

import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.SocketMessage;
import org.jspecify.annotations.Nullable;

/**
 * One response on a web socket, from its being asked for, or begun, to its end. Guarded by its
 * session.
 */
final class SocketTurn implements Sending {
  final Exchange exchange;

  /** Which of several streams of responses it is on, or null. */
  final @Nullable String lane;

  /** The application's own name for its asking, or null. */
  final @Nullable String eventId;

  private @Nullable String responseId;
  private boolean spoken;
  private boolean answered;

  SocketTurn(Exchange exchange, @Nullable String lane, @Nullable String eventId) {
    this.exchange = exchange;
    this.lane = lane;
    this.eventId = eventId;
  }

  void begins(@Nullable String id) {
    responseId = id;
  }

  /** Whether that message tells of this response; by its id where it has one. */
  boolean is(SocketMessage message) {
    String id = message.responseId();
    return (id == null || responseId == null) ? isOn(message.lane()) : id.equals(responseId);
  }

  boolean isOn(@Nullable String other) {
    return lane == null ? other == null : lane.equals(other);
  }

  /** The provider says something of it. */
  void says(Reading message) {
    exchange.response().add(message);
    message.text().copyTo(exchange.response().text());
  }

  /** A part of the answer has come. */
  void part(boolean isSound) {
    spoken |= isSound;
    if (!answered) {
      answered = true;
      exchange.firstByte();
    }
  }

  /**
   * Nothing more will come of it. How much of it was sound cannot be told from any text.
   *
   * @param sound whether anything but text has gone to the provider
   */
  void cut(boolean sound) {
    Reading request = exchange.request();
    if (spoken || sound || SocketMessage.isSpoken(exchange.route(), request, exchange.response())) {
      exchange.unreadable();
    }
  }
}
