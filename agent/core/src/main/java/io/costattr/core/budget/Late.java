package io.costattr.core.budget;

/**
 * What was used in a slot other than the one that its counter is in.
 *
 * @param slot the beginning of the slot, in milliseconds since 1970 (UTC)
 */
record Late(Counter counter, long slot, long amount) {}
