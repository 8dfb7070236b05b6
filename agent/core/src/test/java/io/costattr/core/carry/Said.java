package io.costattr.core.carry;

import org.jspecify.annotations.Nullable;

/** Something that a thread says, for as long as nobody takes it back. */
final class Said implements Place {
  static final ThreadLocal<@Nullable String> THREAD = new ThreadLocal<>();

  /** How often something was left. */
  private static final String LEFT = "left";

  @Override
  public @Nullable Object mark() {
    return THREAD.get();
  }

  @Override
  public @Nullable Object carried() {
    return THREAD.get();
  }

  @Override
  public @Nullable Object replace(@Nullable Object carried) {
    String before = THREAD.get();
    THREAD.set((String) carried);
    return before;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // A mark is told by identity.
  public boolean restore(@Nullable Object mark) {
    boolean left = LEFT.equals(THREAD.get()) && mark != THREAD.get();
    THREAD.set((String) mark);
    return left;
  }
}
