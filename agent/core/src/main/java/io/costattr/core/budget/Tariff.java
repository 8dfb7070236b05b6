package io.costattr.core.budget;

import io.costattr.core.price.Ceiling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call of one model can cost by the token, in one hour of the clock: prices begin and end,
 * and some hold for hours of the day.
 *
 * @param ceiling its prices, or those of the dearest of its family; null when there are none
 * @param priced whether they are its own
 */
record Tariff(
    String provider,
    String model,
    @Nullable String tier,
    @Nullable String host,
    boolean openAiDialect,
    long hour,
    @Nullable Ceiling ceiling,
    boolean priced) {

  boolean isOf(Prospect call, String asked, @Nullable String askedTier, long now) {
    return hour == now
        && model.equals(asked)
        && provider.equals(call.provider())
        && openAiDialect == call.openAiDialect()
        && Objects.equals(tier, askedTier)
        && Objects.equals(host, call.serverAddress());
  }
}
