package io.costattr.core.ledger;

import io.costattr.core.budget.BudgetNotice;
import java.time.Duration;
import java.util.List;

/**
 * Where entries go. Called by the ledger's one thread only, never by the application's. A sink may
 * throw: the ledger counts the entries it was given as lost to that sink, says so once in one line,
 * and goes on with the other sinks.
 */
public interface Sink {

  /** A short name for messages: {@code events file}, {@code otlp}. */
  String name();

  /**
   * How many of the entries that it took this sink has lost so far, beyond those whose {@link
   * #accept} threw. Any thread may ask.
   */
  default long lost() {
    return 0;
  }

  /** Takes entries, in order; may buffer them until {@link #flush}. */
  void accept(List<CostEvent> events) throws Exception;

  /** Takes something to be said of a budget. Of little worth to a sink that only has calls. */
  default void notice(BudgetNotice notice) throws Exception {}

  /** Hands on what is buffered, without waiting for a remote end. Called at least once a second. */
  void flush() throws Exception;

  /** Hands on what is buffered, waits for it at most {@code limit}, and releases everything. */
  void close(Duration limit) throws Exception;
}
