package io.costattr.core.exchange;

import io.costattr.core.dialect.Reading;
import io.costattr.core.scan.JsonShape;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an application sends on a web socket: whole texts from any number of threads at once,
 * or one text in pieces. Nobody waits for another.
 */
final class SentTexts {
  private final JsonShape shape;

  /** One reader that nobody uses, and the one within a text. */
  private final AtomicReference<@Nullable SocketText> free = new AtomicReference<>();

  private final AtomicReference<@Nullable SocketText> within = new AtomicReference<>();

  SentTexts(JsonShape shape) {
    this.shape = shape;
  }

  /** Whether a text has begun and not ended. */
  boolean isWithin() {
    return within.get() != null;
  }

  /** The message that ends with that piece; null when none does, or it cannot be read. */
  @Nullable Reading accept(CharSequence text, boolean last) {
    SocketText reader = within.getAndSet(null);
    if (reader == null) {
      reader = free.getAndSet(null);
    }
    if (reader == null) {
      reader = new SocketText(shape, true);
    }
    reader.accept(text);
    if (!last) {
      within.set(reader);
      return null;
    }
    Reading message = reader.end();
    free.set(reader);
    return message;
  }
}
