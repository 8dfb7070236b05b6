package io.costattr.core.attribution;

/**
 * Who said each dimension of an attribution. Immutable, and small: one is kept for every line of a
 * batch job.
 *
 * @param packed four bits for each dimension, in their order
 */
public record Sources(int packed) {
  private static final int BITS = 4;
  private static final int MASK = (1 << BITS) - 1;
  private static final Source[] ALL = Source.values();
  private static final Dimension[] DIMENSIONS = Dimension.values();

  /** Nobody said anything. */
  public static final Sources NONE = new Sources(packedNone());

  private static int packedNone() {
    int packed = 0;
    for (Dimension dimension : Dimension.values()) {
      packed = with(packed, dimension, Source.NONE);
    }
    return packed;
  }

  /** Who said that dimension. */
  public Source of(Dimension dimension) {
    return ALL[(packed >> (dimension.ordinal() * BITS)) & MASK];
  }

  /** The dimensions of which nobody said anything, a bit for each. */
  int missing() {
    int missing = 0;
    for (Dimension dimension : DIMENSIONS) {
      if (of(dimension) == Source.NONE) {
        missing |= 1 << dimension.ordinal();
      }
    }
    return missing;
  }

  /** These, but {@code inner} where somebody has said that. */
  Sources overlaid(Sources inner) {
    if (packed == NONE.packed || inner.packed == packed) {
      return inner;
    }
    int both = packed;
    for (Dimension dimension : DIMENSIONS) {
      if (inner.of(dimension) != Source.NONE) {
        both = with(both, dimension, inner.of(dimension));
      }
    }
    return both == packed ? this : new Sources(both);
  }

  private static int with(int packed, Dimension dimension, Source source) {
    int at = dimension.ordinal() * BITS;
    return (packed & ~(MASK << at)) | (source.ordinal() << at);
  }

  /** One source for all that an attribution says. */
  static Sources all(Source source, boolean... said) {
    int packed = NONE.packed;
    for (Dimension dimension : DIMENSIONS) {
      if (said[dimension.ordinal()]) {
        packed = with(packed, dimension, source);
      }
    }
    return packed == NONE.packed ? NONE : new Sources(packed);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Sources[");
    for (Dimension dimension : DIMENSIONS) {
      text.append(dimension.ordinal() == 0 ? "" : ", ");
      text.append(dimension.id()).append('=').append(of(dimension).id());
    }
    return text.append(']').toString();
  }
}
