package io.costattr.core.scan;

import java.util.Arrays;

/**
 * Lets the first event of a stream pass to the application before it is read: of a stream the time
 * to its first event is what somebody waits for. When a stream begins with one short event by
 * itself, a copy of that is kept until something follows, or {@link #flush}. Whatever else comes is
 * read at once.
 */
public final class FirstEvent extends BodyReader {
  /** Bytes that are kept at most. */
  static final int MOST = 1024;

  private static final byte[] NOTHING = {};

  private final BodyReader target;
  private boolean begun;
  private byte[] kept = NOTHING;

  /**
   * @param target reads the events
   */
  public FirstEvent(BodyReader target) {
    this.target = target;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    boolean first = !begun;
    begun = true;
    if (first && length <= MOST && isOneEvent(bytes, offset, offset + length)) {
      kept = Arrays.copyOfRange(bytes, offset, offset + length);
      return;
    }
    flush();
    target.accept(bytes, offset, length);
  }

  /** Reads what is kept, if anything is. */
  public void flush() {
    byte[] event = kept;
    kept = NOTHING;
    if (event.length > 0) {
      target.accept(event, 0, event.length);
    }
  }

  @Override
  public void end() {
    flush();
    target.end();
  }

  @Override
  public boolean complete() {
    return target.complete();
  }

  /** Whether there is one blank line, at the end. Lines that end with CR are not looked at. */
  private static boolean isOneEvent(byte[] bytes, int from, int end) {
    int line = from;
    while (line < end) {
      int lineEnd = Swar.lineEnd(bytes, line, end);
      if (lineEnd + 1 >= end || bytes[lineEnd] != '\n') {
        return false;
      }
      if (bytes[lineEnd + 1] == '\n') {
        return lineEnd + 2 == end;
      }
      line = lineEnd + 1;
    }
    return false;
  }
}
