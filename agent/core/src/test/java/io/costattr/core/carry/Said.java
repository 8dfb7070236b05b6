package io.costattr.core.carry;

import org.jspecify.annotations.Nullable;

/** Something that a thread says, for as long as nobody takes it back. */
final class Said implements Place {
  static final ThreadLocal<@Nullable String> THREAD = new ThreadLocal<>();

  /** What somebody says and forgets to take back. */
  static final String LEFT = "left";

  /** How often that was found. */
  static int found;

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
    found += left ? 1 : 0;
    THREAD.set((String) mark);
    return left;
  }
}
