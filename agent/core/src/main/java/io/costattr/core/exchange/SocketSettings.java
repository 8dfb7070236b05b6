package io.costattr.core.exchange;

import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.SocketMessage;
import io.costattr.core.scan.TextSample;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the next response on a web socket: settings of both sides, the conversation so far
 * as a sample of its text and the usage of its last response. Guarded by its session.
 */
final class SocketSettings {
  private final Reading wished = new Reading();
  private final Reading set = new Reading();
  private Reading before = new Reading();
  private boolean sound;

  /** The application has sent something. */
  void sent(SocketMessage what, Reading message) {
    switch (what.kind()) {
      case SETTINGS -> {
        wished.add(message);
        spoken(message.text());
      }
      case ITEM -> spoken(message.text());
      case SOUND -> sound = true;
      default -> {}
    }
  }

  /** Something was said, by either side. */
  void spoken(TextSample text) {
    text.copyTo(wished.text());
  }

  /** The provider says what is set. */
  void received(Reading message) {
    set.add(message);
  }

  /** A response of the conversation has ended so. */
  void ended(Reading message, Reading response) {
    spoken(response.text());
    before = message;
  }

  /** Whether anything but text has gone to the provider. */
  boolean hasSound() {
    return sound;
  }

  /** What the provider says is set. */
  Reading set() {
    return set;
  }

  /**
   * The request for the next response.
   *
   * @param message with which it is asked for, or null
   */
  Reading request(@Nullable Reading message) {
    Reading request = new Reading();
    request.addUsage(before);
    request.add(wished);
    wished.text().copyTo(request.text());
    if (message != null) {
      request.add(message);
      message.text().copyTo(request.text());
    }
    return request;
  }

  /** The request for what is heard to be written down. */
  Reading transcription() {
    return SocketMessage.transcription(wished, set);
  }

  void release() {
    wished.text().release();
  }
}
