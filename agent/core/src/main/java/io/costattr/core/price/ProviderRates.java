package io.costattr.core.price;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models of one provider by name. Filled while a book is built, then only read. */
final class ProviderRates {
  private static final String FINE_TUNED = "ft:";

  private final Map<String, ModelRates> models = new HashMap<>();
  private final Map<String, ModelRates> aliases = new HashMap<>();

  /** Returns false when a row that stands before it replaces it. */
  boolean add(PriceRow row) {
    ModelRates rates = models.get(row.model());
    if (rates == null) {
      rates = new ModelRates();
      models.put(row.model(), rates);
    }
    return rates.add(row);
  }

  void add(PriceBook.Alias alias) {
    ModelRates rates = models.get(alias.model());
    if (rates != null) {
      aliases.putIfAbsent(alias.name(), rates);
    }
  }

  /** Fees that are the same for every model, or null. */
  @Nullable ModelRates anyModel() {
    return models.get(PriceRow.ANY_MODEL);
  }

  static boolean isFineTuned(String model) {
    return model.startsWith(FINE_TUNED);
  }

  /**
   * The rates of a model by its own name, else by an alias, else by its family; null when it has
   * none on that day.
   *
   * @param rule how the name was come by; the rule of the match begins with it
   */
  @Nullable Match find(String model, String rule, long epochDay) {
    if (model.equals(PriceRow.ANY_MODEL)) {
      return null;
    }
    ModelRates rates = known(models.get(model), epochDay);
    if (rates != null) {
      return new Match(rates, this, rule);
    }
    rates = known(aliases.get(model), epochDay);
    if (rates != null) {
      return new Match(rates, this, rule + "_alias");
    }
    String base = isFineTuned(model) ? base(model) : model;
    rates = base.equals(model) ? null : byName(base, epochDay);
    if (rates == null) {
      String family = family(base);
      rates = family == null ? null : byName(family, epochDay);
    }
    return rates == null ? null : new Match(rates, this, rule + "_family");
  }

  private @Nullable ModelRates byName(String name, long epochDay) {
    ModelRates rates = known(models.get(name), epochDay);
    return rates != null ? rates : known(aliases.get(name), epochDay);
  }

  private static @Nullable ModelRates known(@Nullable ModelRates rates, long epochDay) {
    return rates != null && rates.knows(epochDay) ? rates : null;
  }

  /** {@code ft:gpt-4o-mini-2024-07-18:acme::Ab12} without the owner's part. */
  private static String base(String fineTuned) {
    int end = fineTuned.indexOf(':', FINE_TUNED.length());
    return end < 0 ? fineTuned : fineTuned.substring(0, end);
  }

  /** A dated snapshot without its date, {@code gpt-4o} of {@code gpt-4o-2024-11-20}; else null. */
  private static @Nullable String family(String model) {
    int start = model.length() - "-2024-11-20".length();
    if (start <= 0) {
      return null;
    }
    for (int i = start; i < model.length(); i++) {
      char c = model.charAt(i);
      int at = i - start;
      boolean dash = at == 0 || at == 5 || at == 8;
      if (dash ? c != '-' : c < '0' || c > '9') {
        return null;
      }
    }
    return model.substring(0, start);
  }

  /**
   * A model found.
   *
   * @param rates its rates
   * @param provider whose rates they are
   * @param rule which rule found it
   */
  record Match(ModelRates rates, ProviderRates provider, String rule) {}
}
