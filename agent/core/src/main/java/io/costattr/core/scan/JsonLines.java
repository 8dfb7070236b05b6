package io.costattr.core.scan;

/**
 * Reads a stream of JSON documents, one a line, as Ollama sends them (<a
 * href="https://github.com/ndjson/ndjson-spec">NDJSON</a>): lines end with LF or CRLF, blank ones
 * are ignored. What stands in the documents goes to the {@link JsonHandler} while a line passes;
 * its bounds go to the {@link SseJson.Listener}, to whom a line is an event without a name. There
 * is no sentinel. A line that is no document spoils no other.
 */
public final class JsonLines extends BodyReader {
  private final JsonScanner json;
  private final SseJson.Listener listener;

  /** Something else than space has been read of the line. */
  private boolean inLine;

  public JsonLines(JsonShape shape, JsonHandler handler, SseJson.Listener listener) {
    this.json = new JsonScanner(shape, handler);
    this.listener = listener;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    int i = offset;
    int end = offset + length;
    while (i < end) {
      if (!inLine) {
        i = skipSpace(bytes, i, end);
        if (i == end) {
          return;
        }
        begin();
      }
      int lineEnd = Swar.lineEnd(bytes, i, end);
      // A CR alone is space to the document, and ends no line.
      while (lineEnd < end && bytes[lineEnd] == '\r') {
        lineEnd = Swar.lineEnd(bytes, lineEnd + 1, end);
      }
      json.accept(bytes, i, lineEnd - i);
      if (lineEnd < end) {
        listener.eventEnd(!finish());
      }
      i = lineEnd;
    }
  }

  /** The last line needs no end: a whole document is one. */
  @Override
  public void end() {
    if (inLine) {
      if (finish()) {
        listener.eventEnd(false);
      } else {
        listener.eventCut(false);
      }
    }
  }

  private void begin() {
    inLine = true;
    json.reset();
    listener.eventStart(null);
  }

  private boolean finish() {
    inLine = false;
    json.end();
    return json.complete() && !json.malformed();
  }

  private static int skipSpace(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end
        && (bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }
}
