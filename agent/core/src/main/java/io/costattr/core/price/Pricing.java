package io.costattr.core.price;

import io.costattr.core.Log;
import io.costattr.core.price.Match.Origin;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From usage to cost: find the model, take the rates in force for its tier and context band,
 * multiply, add. Exact and checked in pico-USD; what has no price is said, never guessed.
 */
final class Pricing {
  private static final Meter[] METERS = Meter.values();

  /** How long before a price ends it is said. */
  private static final long NOTICE_SECONDS = 14 * 86_400L;

  private static final int MAX_NAME = 100;
  private static final String OPENAI = "openai";
  private static final String OPENAI_PREFIX = "openai/";
  private static final String OPENAI_HOST = ".api.openai.com";

  private Pricing() {}

  static Cost price(PriceBook book, PriceQuery query, Usage usage, Basis basis) {
    long second = query.at().getEpochSecond();
    ProviderRates own = book.provider(query.provider());
    Origin origin = origin(book, query, own, second);
    Match match = match(book, query, own, origin, second);
    Tier tier = Tier.billed(query.servedTier(), query.requestedTier());
    long inputTokens = inputTokens(usage);
    boolean countable = inputTokens >= 0;
    boolean isLong = match != null && match.rates().table().isLong(inputTokens, second);
    boolean regional = isRegional(query);

    Cost.Line[] lines = new Cost.Line[meters(usage)];
    int line = 0;
    boolean priced = match != null && tier != null && countable;
    boolean uplifted = false;
    long total = 0;
    Meter missing = null;
    Instant until = null;
    for (Meter meter : METERS) {
      long quantity = usage.quantity(meter);
      if (quantity == 0) {
        continue;
      }
      PriceRow row = match == null || tier == null ? null : row(match, tier, isLong, meter, second);
      if (row == null) {
        lines[line++] = new Cost.Line(meter, quantity, null, 1, null, null);
        missing = missing == null ? meter : missing;
        priced = false;
        continue;
      }
      Rate rate = regional ? row.regionalRate() : row.rate();
      uplifted |= regional && !rate.equals(row.rate());
      until = earlier(until, row.vouchedUntil());
      Long picoUsd = null;
      try {
        long product = rate.pico(quantity);
        total = Math.addExact(total, product);
        picoUsd = product;
      } catch (ArithmeticException e) {
        countable = false;
        priced = false;
      }
      lines[line++] = new Cost.Line(meter, quantity, rate.usd(), rate.per(), row.id(), picoUsd);
    }
    boolean byOpenAiName = match != null && match.provider() != own;
    String rule =
        match == null || origin == null ? null : match.rule(origin, byOpenAiName, uplifted);
    if (priced) {
      if (match != null && until != null) {
        sayEnd(query, match, until, second);
      }
      return new Cost(basis, total, null, List.of(lines), book.version(), rule, until);
    }
    sayUnpriced(query, match, tier, missing, isLong, countable);
    return new Cost(Basis.UNPRICED, null, null, List.of(lines), book.version(), rule, until);
  }

  /** Which of a call's names decides, or null when none leads to a price. */
  private static @Nullable Origin origin(
      PriceBook book, PriceQuery query, @Nullable ProviderRates own, long second) {
    for (Origin from : Origin.ALL) {
      String name = from.name(query);
      if (name != null
          && (find(book, query, own, name, second) != null
              || ProviderRates.isFineTuned(bare(name)))) {
        // A fine-tuned model is never billed as another one.
        return from;
      }
    }
    return null;
  }

  private static @Nullable Match match(
      PriceBook book,
      PriceQuery query,
      @Nullable ProviderRates own,
      @Nullable Origin origin,
      long second) {
    String name = origin == null ? null : origin.name(query);
    if (name != null) {
      return find(book, query, own, name, second);
    }
    for (Origin from : Origin.ALL) {
      if (from.name(query) != null) {
        return null;
      }
    }
    // Without a model there are fees only: a container for code.
    ProviderRates provider = own == null && query.openAiDialect() ? book.provider(OPENAI) : own;
    ModelRates fees = provider == null ? null : provider.anyModel();
    return provider == null || fees == null ? null : new Match(fees, provider, Match.Kind.NAME);
  }

  /** The rates of the model that a call is billed as, or null. */
  static @Nullable Match match(PriceBook book, PriceQuery query) {
    long second = query.at().getEpochSecond();
    ProviderRates own = book.provider(query.provider());
    return match(book, query, own, origin(book, query, own, second), second);
  }

  private static int meters(Usage usage) {
    int meters = 0;
    for (Meter meter : METERS) {
      if (usage.quantity(meter) != 0) {
        meters++;
      }
    }
    return meters;
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  /**
   * A model by a name: the provider's own, else, where it speaks OpenAI's dialect, OpenAI's of that
   * name.
   */
  private static @Nullable Match find(
      PriceBook book, PriceQuery query, @Nullable ProviderRates own, String name, long second) {
    Match match = own == null ? null : own.find(name, second);
    if (match != null || !query.openAiDialect()) {
      return match;
    }
    ProviderRates openAi = book.provider(OPENAI);
    return openAi == null || openAi == own ? null : openAi.find(bare(name), second);
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
   *   <li>tool fees, in any tier: the model's own, else the provider's for any model;
   *   <li>what a search has found, where it is billed as a block of tokens: as input.
   * </ul>
   *
   * <p>A tier without long-context rows does not get them from another tier: OpenAI states the
   * long-context multiple for standard, batch and flex, and excludes long context from priority. A
   * long request that yet says it was served with priority has no published price.
   */
  static @Nullable PriceRow row(Match match, Tier tier, boolean isLong, Meter meter, long second) {
    RateTable rates = match.rates().table();
    PriceRow row = rates.row(tier, isLong, meter, second);
    if (row != null) {
      return row;
    }
    if (meter.kind() == Meter.Kind.COUNT && meter != Meter.SEARCH_INPUT) {
      row = isLong ? rates.row(tier, false, meter, second) : null;
      ModelRates fees = match.provider().anyModel();
      PriceRow fee =
          row != null || fees == null
              ? null
              : fees.table().row(Tier.STANDARD, false, meter, second);
      if (fee == null) {
        return row;
      }
      PriceRow own = rates.row(Tier.STANDARD, false, meter, second);
      return own != null ? own : fee;
    }
    Meter as =
        switch (meter) {
          case CACHED_INPUT, SEARCH_INPUT -> Meter.INPUT;
          case CACHED_AUDIO_INPUT -> Meter.AUDIO_INPUT;
          case CACHED_IMAGE_INPUT -> Meter.IMAGE_INPUT;
          case CACHE_WRITE -> rates.has(Meter.CACHE_WRITE) ? null : Meter.INPUT;
          default -> null;
        };
    return as == null ? null : row(match, tier, isLong, as, second);
  }

  /** All input tokens, cached and cache-written ones too; -1 when their sum does not fit. */
  static long inputTokens(Usage usage) {
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
   * Whether the call kept to a region, at a price: on a host like {@code eu.api.openai.com}, of
   * which any two letters will do, as regions are added more often than this code changes; on one
   * of Vertex AI other than its global one; or because the provider says that it ran in the {@code
   * us} only.
   */
  static boolean isRegional(PriceQuery query) {
    String host = query.serverAddress();
    return "us".equalsIgnoreCase(query.inferenceRegion())
        || (host != null && (isOpenAiRegion(host) || isVertexRegion(host)));
  }

  private static boolean isOpenAiRegion(String host) {
    return host.length() == 2 + OPENAI_HOST.length()
        && isLetter(host.charAt(0))
        && isLetter(host.charAt(1))
        && host.regionMatches(true, 2, OPENAI_HOST, 0, OPENAI_HOST.length());
  }

  private static boolean isVertexRegion(String host) {
    return endsWith(host, "-aiplatform.googleapis.com")
        || (host.startsWith("aiplatform.") && endsWith(host, ".rep.googleapis.com"));
  }

  private static boolean endsWith(String host, String end) {
    return host.regionMatches(true, host.length() - end.length(), end, 0, end.length());
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Says once that a price in use is about to end, or that nobody vouches for it any more. */
  private static void sayEnd(PriceQuery query, Match match, Instant until, long second) {
    long end = until.getEpochSecond();
    if (second < end - NOTICE_SECONDS || !match.rates().endIsUnsaid()) {
      return;
    }
    String model = query.responseModel() != null ? query.responseModel() : query.requestModel();
    LocalDate day = LocalDate.ofInstant(until, ZoneOffset.UTC);
    Log.warn(
        "the price of model \""
            + cut(String.valueOf(model))
            + "\" of "
            + query.provider()
            + (second < end ? " ends on " : " is not vouched for since ")
            + day
            + ": compare it with the provider's price page; costattr.prices.file can set it");
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
