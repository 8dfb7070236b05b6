package io.costattr.core.ledger;

/**
 * What an application's thread hands to the {@link Ledger}: everything known of a finished attempt,
 * with the expensive part (counting tokens, pricing) still to do.
 */
@FunctionalInterface
public interface Entry {

  /**
   * Does the expensive part and builds the event; never null. Called once, on the ledger's thread.
   * Whatever it throws is counted as an error and costs this entry only.
   */
  CostEvent settle() throws Exception;
}
