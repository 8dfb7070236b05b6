package io.costattr.core.price;

import io.costattr.core.Log;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.usage.Usage;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What everything costs, and since when. Immutable and thread-safe; nothing is ever fetched. The
 * file format and the rules of look-up are in {@code docs/prices.md}.
 */
public final class PriceBook {
  private final String version;

  /** The files it was made of, the last laid over the others first. */
  private final List<Layer> layers;

  private final Map<String, ProviderRates> providers = new LinkedHashMap<>();

  private PriceBook(String version, List<Layer> layers) {
    this.version = version;
    this.layers = layers;
    for (Layer layer : layers) {
      for (Layer.Model model : layer.models()) {
        ProviderRates provider = providers.get(model.provider());
        if (provider == null) {
          provider = new ProviderRates();
          providers.put(model.provider(), provider);
        }
        provider.add(model);
      }
    }
    // Behind all models: an alias may be of a model that only an earlier file has.
    for (Layer layer : layers) {
      for (Layer.Alias alias : layer.aliases()) {
        ProviderRates provider = providers.get(alias.provider());
        if (provider != null) {
          provider.add(alias);
        }
      }
    }
  }

  /**
   * The book in the jar. Opened once, on the first call; the rows of a model are read when it is
   * first priced.
   */
  public static PriceBook builtIn() {
    return BuiltIn.BOOK;
  }

  /**
   * Reads a price file, whole or not at all. Does not close the stream.
   *
   * @param name what messages call the file
   * @throws PriceFileException when anything in it is wrong; the message names file, line and
   *     reason
   */
  public static PriceBook read(String name, InputStream in) throws PriceFileException {
    return PriceFile.read(name, in);
  }

  /**
   * Everything that is wrong in a price file, line by line; empty when it can be used. Does not
   * close the stream.
   */
  public static List<PriceFault> check(String name, InputStream in) {
    return PriceFile.check(name, in);
  }

  /**
   * The built-in book, overlaid by the user's file where {@code costattr.prices.file} names one. A
   * file that cannot be used is named in one line, and the built-in book is returned alone. Never
   * throws.
   */
  public static PriceBook load(Config config) {
    PriceBook builtIn = builtIn();
    String file = config.text(Key.PRICES_FILE);
    if (file == null) {
      return builtIn;
    }
    String reason;
    try (InputStream in = new FileInputStream(file)) {
      PriceBook both = builtIn.overlay(read(file, in));
      Log.info("prices: " + both.version());
      return both;
    } catch (PriceFileException e) {
      reason = String.valueOf(e.getMessage());
    } catch (IOException e) {
      reason = file + ": cannot be read: " + e.getMessage();
    }
    Log.warn(
        Key.PREFIX
            + Key.PRICES_FILE.id()
            + " is refused, the built-in prices "
            + builtIn.version()
            + " are used: "
            + reason);
    return builtIn;
  }

  /**
   * This book with another laid over it. A row of the other replaces the row of the same provider,
   * model, tier, context band, meter and first day; all others are added. Where rows of both are in
   * force on a day, the other's is taken.
   */
  public PriceBook overlay(PriceBook other) {
    List<Layer> both = new ArrayList<>(other.layers);
    both.addAll(layers);
    return new PriceBook(version + "+" + other.version, both);
  }

  /** Names the contents, for example {@code 2026-11-23.3}; of an overlaid book both parts. */
  public String version() {
    return version;
  }

  /** All rows that can come to be in force: model by model, those that win over others first. */
  public List<PriceRow> rows() {
    List<PriceRow> all = new ArrayList<>();
    for (ProviderRates provider : providers.values()) {
      for (ModelRates model : provider.models()) {
        all.addAll(model.table().rows());
      }
    }
    return all;
  }

  /** The providers that have rows, in the order of the file. */
  public Set<String> providers() {
    return Collections.unmodifiableSet(providers.keySet());
  }

  /**
   * The rows of a model at an instant, those of certain hours only within them; found by its own
   * name, an alias or its family. Empty when the provider has none.
   */
  public List<PriceRow> inForce(String provider, String model, Instant at) {
    ProviderRates rates = providers.get(provider);
    Match match = rates == null ? null : rates.find(model, at.getEpochSecond());
    List<PriceRow> rows = new ArrayList<>();
    if (match != null) {
      for (PriceRow row : match.rates().table().rows()) {
        if (row.equals(
            match
                .rates()
                .table()
                .row(row.tier(), row.longContext(), row.meter(), at.getEpochSecond()))) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /**
   * What a usage that the provider reported costs: {@link Basis#REPORTED}, or {@link
   * Basis#UNPRICED} with a null cost when the model, its tier or any meter with a quantity has no
   * price. Never throws, never zero for unknown. Hot: below 1 microsecond, and nothing is allocated
   * but what is returned, once a model has been priced.
   */
  public Cost price(PriceQuery query, Usage usage) {
    return Pricing.price(this, query, usage, Basis.REPORTED);
  }

  /** As {@link #price}, for a usage that was counted here: {@link Basis#ESTIMATED}. */
  public Cost estimate(PriceQuery query, Usage usage) {
    return Pricing.price(this, query, usage, Basis.ESTIMATED);
  }

  /**
   * The most that a usage would cost with any model of the family that the call's own belongs to,
   * in pico-USD, at the standard tier's rates; null when no such model has a price for all of it.
   * The family is all models whose names begin as this one's, cut at a dash, a dot or the like as
   * far back as needed. For a call whose own model has no price. Never throws.
   */
  public @Nullable Long highest(PriceQuery query, Usage usage) {
    return Family.highest(this, query, usage);
  }

  /**
   * The most that a call can cost by the token, for estimates made before it; null when its model
   * has no such price. Never throws.
   */
  public @Nullable Ceiling ceiling(PriceQuery query) {
    return Ceiling.of(this, query);
  }

  /**
   * The same for a call whose own model has no price: that of the model that {@link #dearest}
   * finds; null when there is none. Never throws.
   *
   * @param usage what kinds of tokens the call is about, by some number of each
   */
  public @Nullable Ceiling highestCeiling(PriceQuery query, Usage usage) {
    Match match = Family.dearest(this, query, usage, true);
    return match == null ? null : Ceiling.of(match, Tier.STANDARD, query);
  }

  /**
   * As {@link #highest}; but where no model belongs to the family, the most that the usage would
   * cost with any model of the provider's, where that has prices of its own.
   */
  public @Nullable Long dearest(PriceQuery query, Usage usage) {
    Match match = Family.dearest(this, query, usage, true);
    return match == null ? null : Family.cost(match, query, usage);
  }

  /** What the long-context cliff and the prompt cache did to the price of a usage. Never throws. */
  public Effects effects(PriceQuery query, Usage usage) {
    return Effects.of(this, query, usage);
  }

  @Nullable ProviderRates provider(String name) {
    return providers.get(name);
  }

  static PriceBook of(String version, Layer layer) {
    return new PriceBook(version, List.of(layer));
  }

  private static final class BuiltIn {
    static final PriceBook BOOK = ShippedPrices.open();
  }
}
