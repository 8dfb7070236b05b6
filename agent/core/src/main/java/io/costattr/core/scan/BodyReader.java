package io.costattr.core.scan;

import java.nio.ByteBuffer;

/**
 * Reads a body as its bytes are pushed by, in pieces of any size, and keeps none of them. The
 * pieces belong to somebody else: they are read during the call and never written to. Readers never
 * throw on any content; only what a handler throws passes through. Not thread-safe: calls may come
 * from different threads when each happens before the next.
 */
public abstract class BodyReader {
  private static final int LEAST_SCRATCH = 512;
  private static final int MOST_SCRATCH = 8 * 1024;
  private static final byte[] NO_SCRATCH = {};

  private byte[] scratch = NO_SCRATCH;

  /** The next {@code length} bytes of the body. */
  public abstract void accept(byte[] bytes, int offset, int length);

  /** The body is over, whether whole or cut. Nothing is accepted afterwards. */
  public abstract void end();

  /** Whether the body has come to an end of its own, behind which nothing can follow. */
  public boolean complete() {
    return false;
  }

  /**
   * The remaining bytes of a buffer, heap or direct. They are read at absolute indices: position,
   * limit and mark stay as they are. What has no array to read from is copied through a scratch
   * array of 8 KiB at most, and no longer than is needed: events of a stream are short, and a long
   * array would have to be cleared for each of them.
   */
  public final void accept(ByteBuffer buffer) {
    int position = buffer.position();
    int limit = buffer.limit();
    if (buffer.hasArray()) {
      accept(buffer.array(), buffer.arrayOffset() + position, limit - position);
      return;
    }
    byte[] copy = scratch(limit - position);
    while (position < limit) {
      int length = Math.min(copy.length, limit - position);
      buffer.get(position, copy, 0, length);
      accept(copy, 0, length);
      position += length;
    }
  }

  private byte[] scratch(int wanted) {
    if (scratch.length < Math.min(wanted, MOST_SCRATCH)) {
      int longer = Math.max(LEAST_SCRATCH, Math.max(wanted, 2 * scratch.length));
      scratch = new byte[Math.min(longer, MOST_SCRATCH)];
    }
    return scratch;
  }
}
