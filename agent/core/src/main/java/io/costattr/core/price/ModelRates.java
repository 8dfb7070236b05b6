package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All rates of one model, for look-up. Filled while a book is built, then only read.
 *
 * <p>Rows of one tier, band and meter stand in the order in which they win: a later layer of an
 * overlaid book before an earlier one, and within a layer the latest first day before the older.
 */
final class ModelRates {
  private static final int TIERS = Tier.values().length;
  private static final int METERS = Meter.values().length;
  private static final PriceRow[] NONE = {};

  private final PriceRow[] @Nullable [][] bands = new PriceRow[TIERS * 2][][];
  private final boolean[] anywhere = new boolean[METERS];
  private long firstDay = Long.MAX_VALUE;
  private long lastDay = Long.MIN_VALUE;
  private long longOver;

  /** Adds a row behind those that win over it; leaves it out where one replaces it. */
  boolean add(PriceRow row) {
    int band = band(row.tier(), row.longContext());
    PriceRow[][] meters = bands[band];
    if (meters == null) {
      meters = new PriceRow[METERS][];
      Arrays.fill(meters, NONE);
      bands[band] = meters;
    }
    PriceRow[] rows = meters[row.meter().ordinal()];
    for (PriceRow other : rows) {
      if (other.effectiveFrom().equals(row.effectiveFrom())) {
        return false;
      }
    }
    PriceRow[] longer = Arrays.copyOf(rows, rows.length + 1);
    longer[rows.length] = row;
    meters[row.meter().ordinal()] = longer;
    anywhere[row.meter().ordinal()] = true;
    firstDay = Math.min(firstDay, row.effectiveFrom().toEpochDay());
    lastDay =
        Math.max(
            lastDay,
            row.effectiveTo() == null ? Long.MAX_VALUE : row.effectiveTo().toEpochDay() - 1);
    if (longOver == 0) {
      longOver = row.longContextOver();
    }
    return true;
  }

  /** Whether the book knows prices of the model on that day. */
  boolean knows(long epochDay) {
    return firstDay <= epochDay && epochDay <= lastDay;
  }

  /** Whether a request of so many input tokens is billed at long-context rates. */
  boolean isLong(long inputTokens) {
    return longOver > 0 && inputTokens > longOver;
  }

  /** Whether the model has a price for that meter in any tier, band or time. */
  boolean has(Meter meter) {
    return anywhere[meter.ordinal()];
  }

  /** The row in force, or null. */
  @Nullable PriceRow row(Tier tier, boolean longContext, Meter meter, long epochDay) {
    PriceRow[][] meters = bands[band(tier, longContext)];
    if (meters != null) {
      for (PriceRow row : meters[meter.ordinal()]) {
        if (row.inForce(epochDay)) {
          return row;
        }
      }
    }
    return null;
  }

  private static int band(Tier tier, boolean longContext) {
    return tier.ordinal() * 2 + (longContext ? 1 : 0);
  }
}
