package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What the long-context cliff and the prompt cache did to a price, in pico-USD (1e-12 USD). A null
 * is something that did not happen, or whose other price is not known. Immutable.
 *
 * @param surcharge what the long rates cost beyond the short ones, for the whole request
 * @param savings what cached tokens would have cost as fresh input, beyond what they cost
 * @param premium what tokens written to the cache cost beyond fresh input
 */
public record Effects(@Nullable Long surcharge, @Nullable Long savings, @Nullable Long premium) {

  /** Nothing happened. */
  public static final Effects NONE = new Effects(null, null, null);

  private static final Meter[] METERS = Meter.values();

  static Effects of(PriceBook book, PriceQuery query, Usage usage) {
    Match match = Pricing.match(book, query);
    Tier tier = Tier.billed(query.servedTier(), query.requestedTier());
    long input = Pricing.inputTokens(usage);
    if (match == null || tier == null || input < 0) {
      return NONE;
    }
    long second = query.at().getEpochSecond();
    boolean isLong = match.rates().table().isLong(input, second);
    boolean read =
        usage.quantity(Meter.CACHED_INPUT) > 0
            || usage.quantity(Meter.CACHED_AUDIO_INPUT) > 0
            || usage.quantity(Meter.CACHED_IMAGE_INPUT) > 0;
    boolean written =
        usage.quantity(Meter.CACHE_WRITE) > 0 || usage.quantity(Meter.CACHE_WRITE_LONG) > 0;
    if (!isLong && !read && !written) {
      return NONE;
    }
    Terms terms = new Terms(match, tier, Pricing.isRegional(query), second);
    try {
      return new Effects(
          isLong ? surcharge(terms, usage) : null,
          read ? savings(terms, usage, isLong) : null,
          written ? premium(terms, usage, isLong) : null);
    } catch (ArithmeticException e) {
      return NONE;
    }
  }

  private static @Nullable Long surcharge(Terms terms, Usage usage) {
    long sum = 0;
    for (Meter meter : METERS) {
      long quantity = usage.quantity(meter);
      if (quantity > 0) {
        Long more = terms.more(quantity, meter, true, meter, false);
        if (more == null) {
          return null;
        }
        sum = Math.addExact(sum, more);
      }
    }
    return sum;
  }

  private static @Nullable Long savings(Terms terms, Usage usage, boolean isLong) {
    return sum(
        terms.more(usage, Meter.INPUT, Meter.CACHED_INPUT, isLong),
        terms.more(usage, Meter.AUDIO_INPUT, Meter.CACHED_AUDIO_INPUT, isLong),
        terms.more(usage, Meter.IMAGE_INPUT, Meter.CACHED_IMAGE_INPUT, isLong));
  }

  private static @Nullable Long premium(Terms terms, Usage usage, boolean isLong) {
    Long once = terms.less(usage, Meter.INPUT, Meter.CACHE_WRITE, isLong);
    return sum(once, terms.less(usage, Meter.INPUT, Meter.CACHE_WRITE_LONG, isLong));
  }

  private static @Nullable Long sum(@Nullable Long... parts) {
    long sum = 0;
    for (Long part : parts) {
      if (part == null) {
        return null;
      }
      sum = Math.addExact(sum, part);
    }
    return sum;
  }

  /** By which rows a call is billed. */
  private record Terms(Match match, Tier tier, boolean regional, long second) {

    /** What the meter's quantity would cost as another meter, beyond what it costs. */
    @Nullable Long more(Usage usage, Meter as, Meter meter, boolean isLong) {
      long quantity = usage.quantity(meter);
      return quantity == 0 ? Long.valueOf(0) : more(quantity, as, isLong, meter, isLong);
    }

    /** What the meter's quantity costs beyond what it would cost as another meter. */
    @Nullable Long less(Usage usage, Meter than, Meter meter, boolean isLong) {
      long quantity = usage.quantity(meter);
      return quantity == 0 ? Long.valueOf(0) : more(quantity, meter, isLong, than, isLong);
    }

    @Nullable Long more(
        long quantity, Meter dear, boolean dearLong, Meter cheap, boolean cheapLong) {
      Long dearer = pico(quantity, dear, dearLong);
      Long cheaper = pico(quantity, cheap, cheapLong);
      return dearer == null || cheaper == null
          ? null
          : Long.valueOf(Math.subtractExact(dearer, cheaper));
    }

    private @Nullable Long pico(long quantity, Meter meter, boolean isLong) {
      PriceRow row = Pricing.row(match, tier, isLong, meter, second);
      if (row == null) {
        return null;
      }
      return (regional ? row.regionalRate() : row.rate()).pico(quantity);
    }
  }
}
