package io.costattr.core.scan;

/**
 * Reads one string that is wanted: undoes its escapes, and either pushes its content on as text or
 * captures it as a value or a name.
 */
final class JsonString {
  private final JsonHandler handler;
  private final Capture capture = new Capture();
  private final JsonEscape escape = new JsonEscape();

  private int textField;
  private boolean name;
  private boolean over;
  private boolean malformed;

  JsonString(JsonHandler handler) {
    this.handler = handler;
  }

  /**
   * Begins a string whose opening quote has been read.
   *
   * @param isName whether it is a member's name
   * @param text the field that its content goes to in pieces; negative to capture it
   */
  void begin(boolean isName, int text) {
    name = isName;
    textField = text;
    capture.clear();
    escape.clear();
    over = false;
    malformed = false;
  }

  /** Whether this is a member's name. */
  boolean name() {
    return name;
  }

  /** Whether the closing quote has been read. */
  boolean over() {
    return over;
  }

  /** Whether an escape was none. */
  boolean malformed() {
    return malformed;
  }

  /** What has been captured. */
  Capture captured() {
    return capture;
  }

  int accept(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end) {
      if (escape.open()) {
        int length = escape.accept(bytes[i++]);
        if (length < 0) {
          malformed = true;
          return i;
        }
        content(escape.decoded, 0, length);
        continue;
      }
      int run = i;
      i = Swar.quoteOrBackslash(bytes, i, end);
      boolean escaped = i < end && bytes[i] == '\\';
      if (escape.pending() && !(escaped && i == run)) {
        content(escape.decoded, 0, escape.settle());
      }
      content(bytes, run, i - run);
      if (i == end) {
        return i;
      }
      i++;
      if (!escaped) {
        over = true;
        return i;
      }
      escape.begin();
    }
    return i;
  }

  private void content(byte[] bytes, int offset, int length) {
    if (length > 0) {
      if (textField >= 0) {
        handler.text(textField, bytes, offset, length);
      } else {
        capture.append(bytes, offset, length);
      }
    }
  }
}
