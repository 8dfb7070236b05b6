package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/** Models by the beginnings of their names, for what has no price of its own. */
final class Family {
  private static final Meter[] METERS = Meter.values();
  private static final int MAX_NAME = 200;
  private static final String OPENAI = "openai";

  private Family() {}

  static @Nullable Long highest(PriceBook book, PriceQuery query, Usage usage) {
    Match match = dearest(book, query, usage, false);
    return match == null ? null : cost(match, query, usage);
  }

  /**
   * The model with the highest price for that usage of those whose names begin as the call's does,
   * or null.
   *
   * @param otherwiseAny where no name begins so, any model of the provider's will do, if it has
   *     prices of its own: a server of one's own that speaks OpenAI's dialect sells none of its
   *     models
   */
  static @Nullable Match dearest(
      PriceBook book, PriceQuery query, Usage usage, boolean otherwiseAny) {
    String model = query.responseModel() != null ? query.responseModel() : query.requestModel();
    ProviderRates own = book.provider(query.provider());
    ProviderRates rates = own == null && query.openAiDialect() ? book.provider(OPENAI) : own;
    if (model == null || rates == null) {
      return null;
    }
    String name = model.length() > MAX_NAME ? model.substring(0, MAX_NAME) : model;
    for (int end = name.length(); end > 0; end = cut(name, end)) {
      Match dearest = dearest(rates, name.substring(0, end), query, usage);
      if (dearest != null) {
        return dearest;
      }
    }
    return otherwiseAny && own != null ? dearest(rates, "", query, usage) : null;
  }

  /** Where the name is to be cut next: before the last mark that parts it, 0 when there is none. */
  private static int cut(String name, int end) {
    int at = end - 1;
    while (at > 0 && !isMark(name.charAt(at))) {
      at--;
    }
    return at;
  }

  private static boolean isMark(char c) {
    return c == '-' || c == '.' || c == ':' || c == '/' || c == '@' || c == '_';
  }

  private static @Nullable Match dearest(
      ProviderRates rates, String family, PriceQuery query, Usage usage) {
    Match dearest = null;
    long highest = -1;
    for (String name : rates.names()) {
      boolean belongs =
          family.isEmpty()
              || (name.startsWith(family)
                  && (name.length() == family.length() || isMark(name.charAt(family.length()))));
      Match match = belongs ? rates.find(name, query.at().getEpochSecond()) : null;
      Long cost = match == null ? null : cost(match, query, usage);
      if (match != null && cost != null && cost > highest) {
        highest = cost;
        dearest = match;
      }
    }
    return dearest;
  }

  static @Nullable Long cost(Match match, PriceQuery query, Usage usage) {
    long second = query.at().getEpochSecond();
    long input = Pricing.inputTokens(usage);
    boolean isLong = match.rates().table().isLong(input, second);
    boolean regional = Pricing.isRegional(query);
    long sum = 0;
    try {
      for (Meter meter : METERS) {
        long quantity = usage.quantity(meter);
        if (quantity > 0) {
          PriceRow row = Pricing.row(match, Tier.STANDARD, isLong, meter, second);
          if (row == null || input < 0) {
            return null;
          }
          Rate rate = regional ? row.regionalRate() : row.rate();
          sum = Math.addExact(sum, rate.pico(quantity));
        }
      }
    } catch (ArithmeticException e) {
      return null;
    }
    return sum;
  }
}
