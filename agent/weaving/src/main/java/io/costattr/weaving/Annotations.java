package io.costattr.weaving;

/**
 * Tells in no time whether a class file has an annotation of the API's on anything: its constant
 * pool would hold the annotation's descriptor. The pool is walked from one constant to the next,
 * nothing of the class is parsed. Runs for every class of an application while it is loaded.
 */
final class Annotations {
  /** What the constant pool of a class holds that has {@code @Attributed} on a method. */
  static final String ATTRIBUTED = "Lio/costattr/api/Attributed;";

  private static final int LENGTH = ATTRIBUTED.length();
  private static final int COUNT_AT = 8;
  private static final int POOL_AT = 10;

  private static final int UTF8 = 1;

  /** How many bytes a constant takes behind its tag, by the tag; JVM specification 4.4. */
  private static final byte[] SIZES = {
    0, 2, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2,
  };

  private Annotations() {}

  /** Whether it may hold one: where it says no, there is none. */
  static boolean mayHold(byte[] file) {
    if (file.length < POOL_AT) {
      return false;
    }
    int constants = (file[COUNT_AT] & 0xFF) << 8 | (file[COUNT_AT + 1] & 0xFF);
    int at = POOL_AT;
    int last = file.length - 3;
    for (int i = 1; i < constants && at < last; i++) {
      int tag = file[at];
      if (tag == UTF8) {
        int length = (file[at + 1] & 0xFF) << 8 | (file[at + 2] & 0xFF);
        at += 3;
        if (length == LENGTH && isAttributed(file, at)) {
          return true;
        }
        at += length;
      } else if (tag > 0 && tag < SIZES.length) {
        int size = SIZES[tag];
        at += 1 + size;
        if (size == 8) {
          // A long or a double counts for two.
          i++;
        }
      } else {
        return false;
      }
    }
    return false;
  }

  /** From its end, where the names of packages do not look alike. */
  private static boolean isAttributed(byte[] file, int at) {
    if (at + LENGTH > file.length) {
      return false;
    }
    for (int i = LENGTH - 1; i >= 0; i--) {
      if (file[at + i] != ATTRIBUTED.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
