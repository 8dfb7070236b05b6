package io.costattr.core.price;

import io.costattr.core.Log;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.usage.Usage;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What everything costs, and since when. Immutable and thread-safe; nothing is ever fetched. The
 * file format and the rules of look-up are in {@code docs/prices.md}.
 */
public final class PriceBook {
  private static final String RESOURCE = "prices.csv";

  private final String version;

  /** The files it was made of, the last laid over the others first. */
  private final List<Layer> layers;

  private final List<PriceRow> rows = new ArrayList<>();
  private final Map<String, ProviderRates> providers = new HashMap<>();

  private PriceBook(String version, List<Layer> layers) {
    this.version = version;
    this.layers = layers;
    for (Layer layer : layers) {
      for (PriceRow row : layer.rows) {
        ProviderRates provider = providers.get(row.provider());
        if (provider == null) {
          provider = new ProviderRates();
          providers.put(row.provider(), provider);
        }
        if (provider.add(row)) {
          rows.add(row);
        }
      }
      for (Alias alias : layer.aliases) {
        ProviderRates provider = providers.get(alias.provider);
        if (provider != null) {
          provider.add(alias);
        }
      }
    }
  }

  /** The book in the jar. Read once, on the first call. */
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

  /** Names the contents, for example {@code 2026-11-23.1}; of an overlaid book both parts. */
  public String version() {
    return version;
  }

  /** All rows that can come to be in force, later ones of a file first. */
  public List<PriceRow> rows() {
    return Collections.unmodifiableList(rows);
  }

  /**
   * What a usage that the provider reported costs: {@link Basis#REPORTED}, or {@link
   * Basis#UNPRICED} with a null cost when the model, its tier or any meter with a quantity has no
   * price. Never throws, never zero for unknown. Hot: about 1 microsecond, and little more is
   * allocated than what is returned.
   */
  public Cost price(PriceQuery query, Usage usage) {
    return Pricing.price(this, query, usage, Basis.REPORTED);
  }

  /** As {@link #price}, for a usage that was counted here: {@link Basis#ESTIMATED}. */
  public Cost estimate(PriceQuery query, Usage usage) {
    return Pricing.price(this, query, usage, Basis.ESTIMATED);
  }

  @Nullable ProviderRates provider(String name) {
    return providers.get(name);
  }

  static PriceBook of(String version, List<PriceRow> rows, List<Alias> aliases) {
    List<PriceRow> latestFirst = new ArrayList<>(rows);
    latestFirst.sort(LATEST_FIRST);
    return new PriceBook(version, List.of(new Layer(latestFirst, List.copyOf(aliases))));
  }

  /** A class, not a lambda: this runs while the application starts. */
  private static final Comparator<PriceRow> LATEST_FIRST =
      new Comparator<>() {
        @Override
        public int compare(PriceRow a, PriceRow b) {
          return b.effectiveFrom().compareTo(a.effectiveFrom());
        }
      };

  /** Another name of a model. */
  record Alias(String provider, String name, String model) {}

  private record Layer(List<PriceRow> rows, List<Alias> aliases) {}

  private static final class BuiltIn {
    static final PriceBook BOOK = read();

    private static PriceBook read() {
      try (InputStream in = PriceBook.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException(RESOURCE + " is missing from the jar");
        }
        return PriceFile.read(RESOURCE, in);
      } catch (IOException | PriceFileException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
