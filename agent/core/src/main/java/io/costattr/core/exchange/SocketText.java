package io.costattr.core.exchange;

import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.SocketMessage;
import io.costattr.core.scan.Characters;
import io.costattr.core.scan.JsonScanner;
import io.costattr.core.scan.JsonShape;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text messages of one direction of a web socket, each as it comes, in pieces or whole.
 * Nothing of them is kept but a reading; of sound, which is most of what passes, no more than the
 * beginning is looked at. Not thread-safe.
 */
final class SocketText {
  /** So many characters tell of what kind a message is, if its sender says that first. */
  private static final int BEGINNING = 512;

  private final JsonShape shape;
  private final boolean sent;
  private final Characters characters = new Characters();
  private @Nullable JsonScanner json;
  private Reading message = new Reading();
  private int begun;
  private boolean enough;

  SocketText(JsonShape shape, boolean sent) {
    this.shape = shape;
    this.sent = sent;
  }

  /** The next piece of the message. */
  void accept(CharSequence text) {
    JsonScanner reader = json;
    if (reader == null) {
      reader = new JsonScanner(shape, message);
      json = reader;
    }
    int end = text.length();
    int beginning = Math.min(end, BEGINNING - begun);
    characters.accept(text, 0, beginning, reader);
    begun += beginning;
    if (end > beginning && !enough) {
      enough = SocketMessage.isEnough(message, sent);
      if (!enough) {
        characters.accept(text, beginning, end, reader);
      }
    }
  }

  /** The message is whole; null when it is not JSON, or cannot be read. */
  @Nullable Reading end() {
    JsonScanner reader = json;
    Reading read = message;
    boolean readable = reader != null && (enough || reader.complete());
    json = null;
    message = new Reading();
    begun = 0;
    enough = false;
    characters.reset();
    if (readable) {
      return read;
    }
    read.text().release();
    return null;
  }
}
