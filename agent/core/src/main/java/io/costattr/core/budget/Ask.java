package io.costattr.core.budget;

import java.util.concurrent.locks.LockSupport;

/** A thread of the application waits until the store has been asked for a lease. */
final class Ask {

  /** What came of it. */
  enum Answer {
    /** Not there yet. */
    NONE,
    /** The store has answered, and there is as much as all who asked need. */
    GRANTED,
    /** The store has answered, and there is not. */
    DENIED,
    /** The store does not answer. */
    DOWN
  }

  final Counter counter;
  final long need;
  private final Thread waiting = Thread.currentThread();
  private volatile Answer answer = Answer.NONE;

  Ask(Counter counter, long need) {
    this.counter = counter;
    this.need = need;
  }

  void answer(Answer given) {
    answer = given;
    LockSupport.unpark(waiting);
  }

  /**
   * Waits for the answer.
   *
   * @param deadline {@link System#nanoTime} until when
   */
  Answer await(long deadline) {
    while (answer == Answer.NONE && !Thread.currentThread().isInterrupted()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      LockSupport.parkNanos(this, left);
    }
    return answer == Answer.NONE ? Answer.DOWN : answer;
  }
}
