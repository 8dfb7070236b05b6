package io.costattr.core.budget;

/**
 * What is set aside for one attempt while it is under way. It ends once: settled to what the
 * attempt really used, released because nothing was billed, or expired because nobody said anything
 * for {@code costattr.budget.reservation.seconds}; whatever is said afterwards changes nothing, but
 * that an expired one may still be settled. Any thread may end it; none waits for it.
 */
public final class Reservation implements Decision {

  /** No budget concerns the call: there is nothing to end. */
  public static final Reservation NONE = new Reservation();

  Reservation() {}

  /** Whether nothing is set aside. */
  public boolean isNone() {
    return this == NONE;
  }

  /**
   * The attempt has come to its end.
   *
   * @return whether this was what ended it
   */
  public boolean settle(Spend spend) {
    return false;
  }

  /**
   * Nothing of the attempt was billed: nothing was sent, or the provider refused it.
   *
   * @return whether this was what ended it
   */
  public boolean release() {
    return false;
  }
}
