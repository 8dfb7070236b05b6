package io.costattr.core.price;

import io.costattr.core.Log;
import io.costattr.core.price.ProviderRates.Match;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From usage to cost: find the model, take the rates in force for its tier and context band,
 * multiply, add. Exact and checked in pico-USD; what has no price is said, never guessed.
 */
final class Pricing {
  private static final Meter[] METERS = Meter.values();
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int MAX_NAME = 100;
  private static final String OPENAI = "openai";
  private static final String OPENAI_PREFIX = "openai/";
  private static final String OPENAI_HOST = ".api.openai.com";

  private Pricing() {}

  static Cost price(PriceBook book, PriceQuery query, Usage usage, Basis basis) {
    long epochDay = Math.floorDiv(query.at().getEpochSecond(), (long) SECONDS_PER_DAY);
    Match match = find(book, query, epochDay);
    Tier tier = Tier.billed(query.servedTier(), query.requestedTier());
    long inputTokens = inputTokens(usage);
    boolean countable = inputTokens >= 0;
    boolean isLong = match != null && match.rates().isLong(inputTokens);
    boolean regional = isRegional(query.serverAddress());

    List<Cost.Line> lines = new ArrayList<>(4);
    boolean priced = match != null && tier != null && countable;
    boolean uplifted = false;
    long total = 0;
    Meter missing = null;
    for (Meter meter : METERS) {
      long quantity = usage.quantity(meter);
      if (quantity == 0) {
        continue;
      }
      PriceRow row =
          match == null || tier == null ? null : row(match, tier, isLong, meter, epochDay);
      if (row == null) {
        lines.add(new Cost.Line(meter, quantity, null, 1, null, null));
        missing = missing == null ? meter : missing;
        priced = false;
        continue;
      }
      Rate rate = regional ? row.regionalRate() : row.rate();
      uplifted |= regional && !rate.equals(row.rate());
      BigDecimal usd = rate.usd();
      try {
        long picoUsd = rate.pico(quantity);
        total = Math.addExact(total, picoUsd);
        lines.add(new Cost.Line(meter, quantity, usd, rate.per(), row.id(), picoUsd));
      } catch (ArithmeticException e) {
        lines.add(new Cost.Line(meter, quantity, usd, rate.per(), row.id(), null));
        countable = false;
        priced = false;
      }
    }
    String rule = match == null ? null : uplifted ? match.rule() + "+regional" : match.rule();
    if (priced) {
      return new Cost(basis, total, null, lines, book.version(), rule);
    }
    sayUnpriced(query, match, tier, missing, isLong, countable);
    return new Cost(Basis.UNPRICED, null, null, lines, book.version(), rule);
  }

  /**
   * The response's model says what was billed. The request's is a fallback: it may be an alias that
   * moved since. (A map of Azure deployments to models belongs between the two.)
   */
  private static @Nullable Match find(PriceBook book, PriceQuery query, long epochDay) {
    String response = query.responseModel();
    Match match = find(book, query, response, "response_model", epochDay);
    if (match != null || (response != null && ProviderRates.isFineTuned(bare(response)))) {
      // A fine-tuned model is never billed as another one.
      return match;
    }
    return find(book, query, query.requestModel(), "request_model", epochDay);
  }

  private static @Nullable Match find(
      PriceBook book, PriceQuery query, @Nullable String model, String rule, long epochDay) {
    if (model == null) {
      return null;
    }
    ProviderRates own = book.provider(query.provider());
    Match match = own == null ? null : own.find(model, rule, epochDay);
    ProviderRates openAi = book.provider(OPENAI);
    if (match != null || !query.openAiDialect() || openAi == null || openAi == own) {
      return match;
    }
    return openAi.find(bare(model), "openai_model_name:" + rule, epochDay);
  }

  /** Gateways like to put the provider before the name. */
  private static String bare(String model) {
    return model.startsWith(OPENAI_PREFIX) ? model.substring(OPENAI_PREFIX.length()) : model;
  }

  /**
   * The row that a meter is billed by, or null. A meter without a row of its own is unpriced, but
   * for what is known to be billed as something else:
   *
   * <ul>
   *   <li>cached tokens where the price page shows "-" for them: as input;
   *   <li>cache writes of a model that has no price for them at all: as input, since models before
   *       gpt-5.6 charge nothing extra for the write;
   *   <li>counted things beyond the long-context threshold: the band concerns tokens only;
   *   <li>tool fees: the provider's, for any model and tier.
   * </ul>
   *
   * <p>A tier without long-context rows does not get them from another tier: OpenAI states the
   * long-context multiple for standard, batch and flex, and excludes long context from priority. A
   * long request that yet says it was served with priority has no published price.
   */
  private static @Nullable PriceRow row(
      Match match, Tier tier, boolean isLong, Meter meter, long epochDay) {
    ModelRates rates = match.rates();
    PriceRow row = rates.row(tier, isLong, meter, epochDay);
    if (row != null) {
      return row;
    }
    if (meter.kind() == Meter.Kind.COUNT) {
      row = isLong ? rates.row(tier, false, meter, epochDay) : null;
      ModelRates fees = match.provider().anyModel();
      return row != null || fees == null ? row : fees.row(Tier.STANDARD, false, meter, epochDay);
    }
    Meter as =
        switch (meter) {
          case CACHED_INPUT -> Meter.INPUT;
          case CACHED_AUDIO_INPUT -> Meter.AUDIO_INPUT;
          case CACHED_IMAGE_INPUT -> Meter.IMAGE_INPUT;
          case CACHE_WRITE -> rates.has(Meter.CACHE_WRITE) ? null : Meter.INPUT;
          default -> null;
        };
    return as == null ? null : row(match, tier, isLong, as, epochDay);
  }

  /** All input tokens, cached and cache-written ones too; -1 when their sum does not fit. */
  private static long inputTokens(Usage usage) {
    long sum = 0;
    for (Meter meter : METERS) {
      if (meter.kind() == Meter.Kind.INPUT) {
        sum += usage.quantity(meter);
        if (sum < 0) {
          return -1;
        }
      }
    }
    return sum;
  }

  /**
   * Whether the host keeps data in a region, at a price: {@code eu.api.openai.com}. Any two letters
   * will do, as regions are added more often than this code changes.
   */
  private static boolean isRegional(@Nullable String host) {
    return host != null
        && host.length() == 2 + OPENAI_HOST.length()
        && isLetter(host.charAt(0))
        && isLetter(host.charAt(1))
        && host.regionMatches(true, 2, OPENAI_HOST, 0, OPENAI_HOST.length());
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Names what has no price, once. */
  private static void sayUnpriced(
      PriceQuery query,
      @Nullable Match match,
      @Nullable Tier tier,
      @Nullable Meter missing,
      boolean isLong,
      boolean countable) {
    String model = query.responseModel() != null ? query.responseModel() : query.requestModel();
    String name =
        model == null
            ? "a call to " + query.provider() + " that names no model"
            : "model \"" + cut(model) + "\" of " + query.provider();
    if (!countable) {
      Log.warnOnce(
          "usage too large:" + name,
          "the usage reported for " + name + " is too large to be true: its cost is unknown");
      return;
    }
    String what = "no price for " + name;
    if (match != null && tier == null) {
      String said = query.servedTier() != null ? query.servedTier() : query.requestedTier();
      what = "no price for service tier \"" + cut(String.valueOf(said)) + "\" of " + name;
    } else if (match != null && tier != null && missing != null) {
      String band = isLong ? " tier, long context) of " : " tier) of ";
      what = "no price for " + missing.id() + " (" + tier.id() + band + name;
    }
    Log.warnOnce(
        what,
        what
            + " as of "
            + LocalDate.ofInstant(query.at(), ZoneOffset.UTC)
            + ": such calls are unpriced, not free; costattr.prices.file can add a price");
  }

  private static String cut(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...";
  }
}
