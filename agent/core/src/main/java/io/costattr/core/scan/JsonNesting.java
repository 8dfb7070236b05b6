package io.costattr.core.scan;

import java.util.Arrays;

/** Which containers of a document are open, one bit for each. */
final class JsonNesting {
  /** One bit for each depth, set for an object; as long as the document has needed so far. */
  private long[] objects = new long[1];

  private int depth;

  int depth() {
    return depth;
  }

  void clear() {
    depth = 0;
  }

  /** Opens a container; false when it is one too many. */
  boolean enter(boolean object) {
    if (depth == JsonScanner.MAX_DEPTH) {
      return false;
    }
    depth++;
    if (depth >> 6 == objects.length) {
      objects = Arrays.copyOf(objects, JsonScanner.MAX_DEPTH / 64 + 1);
    }
    // A shift counts modulo 64.
    long bit = 1L << depth;
    if (object) {
      objects[depth >> 6] |= bit;
    } else {
      objects[depth >> 6] &= ~bit;
    }
    return true;
  }

  /** Whether the innermost container is an object; there must be one. */
  boolean inObject() {
    return (objects[depth >> 6] & (1L << depth)) != 0;
  }

  /** Closes the innermost container; false when it is of the other type. */
  boolean leave(boolean object) {
    if (inObject() != object) {
      return false;
    }
    depth--;
    return true;
  }
}
