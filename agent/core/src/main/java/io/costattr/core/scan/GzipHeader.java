package io.costattr.core.scan;

/** Reads the header of a gzip member (RFC 1952, section 2.3) one byte at a time. */
final class GzipHeader {
  /** More bytes of the header are to come. */
  static final int MORE = 0;

  /** The byte was the header's last. */
  static final int WHOLE = 1;

  /** No gzip header. */
  static final int WRONG = 2;

  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private static final int FIXED_LENGTH = 10;

  private int position;
  private int flags;
  private int skip;
  private Part part = Part.FIXED;

  private enum Part {
    FIXED,
    EXTRA_LOW,
    EXTRA_HIGH,
    EXTRA_BYTES,
    NAME,
    COMMENT,
    CHECKSUM,
    OVER
  }

  int accept(byte b) {
    int value = b & 0xFF;
    switch (part) {
      case FIXED -> {
        if (!fits(value)) {
          return WRONG;
        }
        if (++position == FIXED_LENGTH) {
          next((flags & EXTRA) != 0 ? Part.EXTRA_LOW : afterExtra());
        }
      }
      case EXTRA_LOW -> {
        skip = value;
        part = Part.EXTRA_HIGH;
      }
      case EXTRA_HIGH -> {
        skip |= value << 8;
        next(skip == 0 ? afterExtra() : Part.EXTRA_BYTES);
      }
      case EXTRA_BYTES -> {
        if (--skip == 0) {
          next(afterExtra());
        }
      }
      case NAME -> {
        if (value == 0) {
          next(afterName());
        }
      }
      case COMMENT -> {
        if (value == 0) {
          next(afterComment());
        }
      }
      case CHECKSUM -> {
        if (--skip == 0) {
          next(Part.OVER);
        }
      }
      case OVER -> {
        return WRONG;
      }
    }
    return part == Part.OVER ? WHOLE : MORE;
  }

  private boolean fits(int value) {
    return switch (position) {
      case 0 -> value == 0x1F;
      case 1 -> value == 0x8B;
      case 2 -> value == 8;
      case 3 -> {
        flags = value;
        yield (value & RESERVED) == 0;
      }
      default -> true;
    };
  }

  private void next(Part following) {
    part = following;
    if (following == Part.CHECKSUM) {
      skip = 2;
    }
  }

  private Part afterExtra() {
    return (flags & NAME) != 0 ? Part.NAME : afterName();
  }

  private Part afterName() {
    return (flags & COMMENT) != 0 ? Part.COMMENT : afterComment();
  }

  private Part afterComment() {
    return (flags & HEADER_CHECKSUM) != 0 ? Part.CHECKSUM : Part.OVER;
  }
}
