package io.costattr.core.dialect;

import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a response says of quantities and money, checked.
 *
 * @param usage what the provider reported at the end; null when it did not, or not believably
 * @param interim what it had reported when the stream broke off; null where {@code usage} is known
 * @param chargePicoUsd the provider's own charge in pico-USD
 * @param anomaly the gravest thing that is wrong with it
 */
record Account(
    @Nullable Usage usage,
    @Nullable Usage interim,
    @Nullable Long chargePicoUsd,
    @Nullable Anomaly anomaly) {

  /**
   * Closes an account, and reports what is wrong with it.
   *
   * @param counted what was counted of the last usage; null when there is none to be believed
   * @param last whether that usage is the one of the end
   * @param chargePicoUsd the provider's own charge; null when it states none, or an impossible one
   */
  static Account close(
      Route route,
      Reading request,
      Reading response,
      @Nullable Counted counted,
      boolean last,
      @Nullable Long chargePicoUsd) {
    Anomaly anomaly = gravest(request.flaw(), response.flaw());
    if (counted == null && (response.has(Field.USAGE) || response.has(Field.FINAL_USAGE))) {
      anomaly = gravest(anomaly, Anomaly.IMPOSSIBLE_USAGE);
    }
    if (counted != null) {
      anomaly = gravest(anomaly, counted.anomaly());
    }
    if (chargePicoUsd == null && response.has(Field.CHARGE)) {
      anomaly = gravest(anomaly, Anomaly.IMPOSSIBLE_CHARGE);
    }
    if (anomaly != null) {
      Anomalies.report(anomaly, route.provider(), response.string(Field.RESPONSE_MODEL));
    }
    Usage usage = counted == null ? null : counted.usage();
    return new Account(last ? usage : null, last ? null : usage, chargePicoUsd, anomaly);
  }

  /** The graver of two. */
  static @Nullable Anomaly gravest(@Nullable Anomaly one, @Nullable Anomaly other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
