package io.costattr.core.ledger;

import java.util.Map;

/**
 * The ledger watching itself, at one moment. Counts are since the ledger was opened.
 *
 * @param accepted entries taken from the application's threads
 * @param dropped entries refused because the queue was full or the ledger closed
 * @param errors entries that could not be settled
 * @param queued entries between application and sinks now
 * @param lost entries that a sink was given and lost, by the sink's name; every sink is listed
 */
public record LedgerStats(
    long accepted, long dropped, long errors, long queued, Map<String, Long> lost) {

  public LedgerStats {
    lost = Map.copyOf(lost);
  }
}
