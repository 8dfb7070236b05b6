package io.costattr.core.budget;

/**
 * What becomes of a call. One of three: a {@link Reservation} (it goes on as it is), {@link
 * Degraded} (it goes on changed) or {@link Blocked} (nothing of it may be sent).
 */
public sealed interface Decision permits Reservation, Degraded, Blocked {}
