package io.costattr.core.attribution;

import org.jspecify.annotations.Nullable;

/**
 * A request as it is read from its connection, whatever serves it: in force on the thread while
 * that reads. Nobody knows its route. Used by one thread.
 *
 * <p>The next one may be of another connection, and what a handler does then may be done for others
 * as well, as it is on the thread of a servlet. So where a library tells its requests apart by a
 * context of its own, none of these is in force: there are none at all in a process that has one.
 */
public abstract class ReadRequest extends Served {
  /** What {@link #beginReading} returns when nothing was in force. */
  private static final Object NOTHING = new Object();

  private static volatile boolean superseded;

  protected ReadRequest() {
    super(Source.ROUTE);
  }

  /** From now on there is a library that tells its requests apart. */
  public static void supersede() {
    superseded = true;
  }

  /** Whether there are such requests: somebody asks them, and no library knows them better. */
  public static boolean areTaken() {
    return !superseded && areAsked();
  }

  /**
   * This thread reads from a connection until {@link #endReading}.
   *
   * @return what to hand to that; null when the thread serves something else, within which it
   *     reads: that stays in force
   */
  public static @Nullable Object beginReading() {
    Served before = inForce();
    return before == null ? NOTHING : before instanceof ReadRequest ? before : null;
  }

  /** It is in force on this thread, in the place of another of these. */
  public final void resume() {
    put(this);
  }

  /** What was in force before is so again. */
  public static void endReading(Object begun) {
    put(begun instanceof Served before ? before : null);
  }

  @Override
  protected final @Nullable String route() {
    return null;
  }

  /** Also when it says nothing: else what waits for it would be done for whoever ends the wait. */
  @Override
  final Served known() {
    return snapshot();
  }
}
