package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import org.jspecify.annotations.Nullable;

/**
 * The most that a call of one model can cost by the token, for estimates made before it: every
 * input token at the dearest rate that input can have (fresh, or written to the prompt cache with
 * the short time to live), every output token at the dearest that output can have. What tools of
 * the provider's cost comes on top. Immutable; asking it makes no object.
 *
 * @param band the rates of a request below the long-context threshold
 * @param longBand those beyond it; null when the model has none
 * @param longOver the threshold: they hold for more input tokens than that
 */
public record Ceiling(Band band, @Nullable Band longBand, long longOver) {
  private static final Meter[] TEXT = {Meter.INPUT, Meter.CACHE_WRITE};
  private static final Meter[] MEDIA = {Meter.INPUT, Meter.AUDIO_INPUT, Meter.IMAGE_INPUT};
  private static final Meter[] OUTPUT = {Meter.OUTPUT, Meter.AUDIO_OUTPUT, Meter.IMAGE_OUTPUT};

  /**
   * Rates, null where a model has none: embeddings have no output.
   *
   * @param text a token of text that the model reads
   * @param media a token of sound or image that it reads
   * @param output a token that it writes
   */
  public record Band(@Nullable Rate text, @Nullable Rate media, @Nullable Rate output) {}

  /** Of the model that a call is billed as; null when that has no price by the token. */
  static @Nullable Ceiling of(PriceBook book, PriceQuery query) {
    Match match = Pricing.match(book, query);
    Tier tier = Tier.billed(query.servedTier(), query.requestedTier());
    return match == null || tier == null ? null : of(match, tier, query);
  }

  static @Nullable Ceiling of(Match match, Tier tier, PriceQuery query) {
    long second = query.at().getEpochSecond();
    boolean regional = Pricing.isRegional(query);
    Band band = band(match, tier, false, regional, second);
    if (band.text == null && band.media == null && band.output == null) {
      return null;
    }
    long longOver = match.rates().table().longOver(second);
    return new Ceiling(
        band, longOver == 0 ? null : band(match, tier, true, regional, second), longOver);
  }

  private static Band band(Match match, Tier tier, boolean isLong, boolean regional, long second) {
    return new Band(
        dearest(match, tier, isLong, regional, second, TEXT),
        dearest(match, tier, isLong, regional, second, MEDIA),
        dearest(match, tier, isLong, regional, second, OUTPUT));
  }

  private static @Nullable Rate dearest(
      Match match, Tier tier, boolean isLong, boolean regional, long second, Meter[] meters) {
    Rate dearest = null;
    for (Meter meter : meters) {
      PriceRow row = Pricing.row(match, tier, isLong, meter, second);
      if (row != null) {
        Rate rate = regional ? row.regionalRate() : row.rate();
        dearest = dearest == null || rate.exceeds(dearest) ? rate : dearest;
      }
    }
    return dearest;
  }

  /**
   * The most that so many tokens cost, in pico-USD (1e-12 USD); -1 when the model has no price for
   * some of them, or the figure does not fit.
   */
  public long pico(long text, long media, long output) {
    Band rates = longBand != null && text + media > longOver ? longBand : band;
    long sum = 0;
    sum = plus(sum, rates.text, text);
    sum = plus(sum, rates.media, media);
    return plus(sum, rates.output, output);
  }

  private static long plus(long sum, @Nullable Rate rate, long quantity) {
    if (quantity <= 0 || sum < 0) {
      return sum;
    }
    if (rate == null) {
      return -1;
    }
    try {
      return Math.addExact(sum, rate.pico(quantity));
    } catch (ArithmeticException e) {
      return -1;
    }
  }
}
