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
    implements Decision {

  /** What a budget changes of a call; a null is something that stays. */
  record Change(
      String budget,
      @Nullable String model,
      @Nullable Long outputLimit,
      @Nullable String serviceTier) {

    /** What that budget, which degrades, changes of that call. */
    static Change of(Budget budget, Prospect call) {
      Relief relief = budget.relief();
      if (relief == null) {
        return new Change(budget.name(), null, null, null);
      }
      Long most = relief.outputLimit();
      boolean lower =
          most != null
              && call.outputLimit() != 0
              && (call.outputLimit() == Prospect.UNLIMITED || most < call.outputLimit());
      String tier = relief.serviceTier();
      return new Change(
          budget.name(),
          relief.model(call.model()),
          lower ? most : null,
          tier == null || tier.equals(call.serviceTier()) ? null : tier);
    }

    boolean isNothing() {
      return model == null && outputLimit == null && serviceTier == null;
    }

    @Nullable String model(Prospect call) {
      return model == null ? call.model() : model;
    }

    @Nullable String serviceTier(Prospect call) {
      return serviceTier == null ? call.serviceTier() : serviceTier;
    }

    long outputLimit(Prospect call) {
      return outputLimit == null ? call.outputLimit() : outputLimit;
    }

    Degraded of(Reservation reservation) {
      return new Degraded(budget, model, outputLimit, serviceTier, reservation);
    }
  }
}
