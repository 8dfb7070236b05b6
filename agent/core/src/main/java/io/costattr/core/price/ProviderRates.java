package io.costattr.core.price;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The models of one provider by name. Filled while a book is built; from then on thread-safe.
 *
 * <p>A name is taken apart once: what it can stand for is remembered, so that pricing makes no
 * substrings. Names come from outside: few and short ones are remembered only.
 */
final class ProviderRates {
  private static final String FINE_TUNED = "ft:";
  private static final int MAX_NAMES = 1_000;
  private static final int MAX_LENGTH = 200;
  private static final Match[] NONE = {};

  private final Map<String, ModelRates> models = new LinkedHashMap<>();
  private final Map<String, ModelRates> aliases = new LinkedHashMap<>();
  private final Map<String, Match[]> names = new ConcurrentHashMap<>();

  void add(Layer.Model file) {
    ModelRates rates = models.get(file.name());
    if (rates == null) {
      rates = new ModelRates();
      models.put(file.name(), rates);
    }
    rates.add(file);
  }

  void add(Layer.Alias alias) {
    ModelRates rates = models.get(alias.model());
    if (rates != null) {
      aliases.putIfAbsent(alias.name(), rates);
    }
  }

  /** The models' own names. */
  Collection<String> names() {
    return models.keySet();
  }

  Collection<ModelRates> models() {
    return models.values();
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
   * none at that instant.
   */
  @Nullable Match find(String model, long epochSecond) {
    Match[] known = names.get(model);
    if (known == null) {
      known = candidates(model);
      if (model.length() <= MAX_LENGTH && names.size() < MAX_NAMES) {
        names.put(model, known);
      }
    }
    for (Match match : known) {
      if (match.rates().table().knows(epochSecond)) {
        return match;
      }
    }
    return null;
  }

  /** All that a name can stand for, in order. */
  private Match[] candidates(String model) {
    if (model.equals(PriceRow.ANY_MODEL)) {
      return NONE;
    }
    List<Match> found = new ArrayList<>(2);
    add(models.get(model), Match.Kind.NAME, found);
    add(aliases.get(model), Match.Kind.ALIAS, found);
    String base = isFineTuned(model) ? base(model) : model;
    if (!base.equals(model)) {
      byName(base, found);
    }
    String family = family(base);
    if (family != null) {
      byName(family, found);
    }
    return found.toArray(NONE);
  }

  private void byName(String name, List<Match> found) {
    add(models.get(name), Match.Kind.FAMILY, found);
    add(aliases.get(name), Match.Kind.FAMILY, found);
  }

  private void add(@Nullable ModelRates rates, Match.Kind kind, List<Match> found) {
    if (rates != null) {
      found.add(new Match(rates, this, kind));
    }
  }

  /** {@code ft:gpt-4o-mini-2024-07-18:acme::Ab12} without the owner's part. */
  private static String base(String fineTuned) {
    int end = fineTuned.indexOf(':', FINE_TUNED.length());
    return end < 0 ? fineTuned : fineTuned.substring(0, end);
  }

  /**
   * A dated snapshot without its date: {@code gpt-4o} of {@code gpt-4o-2024-11-20}, {@code
   * claude-haiku-4-5} of {@code claude-haiku-4-5-20251001}; else null.
   */
  private static @Nullable String family(String model) {
    String dashed = cut(model, "-dddd-dd-dd");
    return dashed != null ? dashed : cut(model, "-20dddddd");
  }

  /** The text without an ending of that form, in which d is a digit; null when it has another. */
  private static @Nullable String cut(String text, String ending) {
    int start = text.length() - ending.length();
    if (start <= 0) {
      return null;
    }
    for (int i = 0; i < ending.length(); i++) {
      char want = ending.charAt(i);
      char c = text.charAt(start + i);
      if (want == 'd' ? c < '0' || c > '9' : c != want) {
        return null;
      }
    }
    return text.substring(0, start);
  }
}
