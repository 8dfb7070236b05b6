package io.costattr.api;

/**
 * The time in which an attribution is in force on the thread that opened it. Closing restores what
 * was in force before. Closing twice, out of order, or on another thread, is harmless: the scope
 * ends all the same, nothing else is disturbed, and the mistake is logged once.
 */
public interface Scope extends AutoCloseable {

  /** Ends the scope; never throws. */
  @Override
  void close();
}
