package io.costattr.core.budget;

import org.jspecify.annotations.Nullable;

/**
 * A call that goes on for less, because a budget with the action {@code degrade} is used up. Where
 * the changes cannot be made, or the application would be hurt by them, the call is to go on as it
 * is; the reservation is settled to what it really costs in either case. A null is something that
 * stays.
 *
 * @param budget the budget's name
 * @param model the model to ask for instead
 * @param outputLimit the maximum of output tokens to ask for, lower than the request's own
 * @param serviceTier the tier to ask for
 * @param reservation what is reserved for the changed call
 */
public record Degraded(
    String budget,
    @Nullable String model,
    @Nullable Long outputLimit,
    @Nullable String serviceTier,
    Reservation reservation)
    implements Decision {}
