package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rates of one model, for look-up. Filled once, then only read.
 *
 * <p>Rows of one tier, band and meter stand in the order in which they win: a later file of an
 * overlaid book before an earlier one, and within a file as {@link Layer#WINNING_FIRST} says.
 */
final class RateTable {
  private static final int TIERS = Tier.values().length;
  private static final int METERS = Meter.values().length;
  private static final PriceRow[] NONE = {};

  private final PriceRow[] @Nullable [][] bands = new PriceRow[TIERS * 2][][];
  private final boolean[] anywhere = new boolean[METERS];
  private final List<PriceRow> rows = new ArrayList<>();
  private long first = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;
  private long longOver;

  /** Adds a row behind those that win over it; leaves it out where one replaces it. */
  void add(PriceRow row) {
    int band = band(row.tier(), row.longContext());
    PriceRow[][] meters = bands[band];
    if (meters == null) {
      meters = new PriceRow[METERS][];
      Arrays.fill(meters, NONE);
      bands[band] = meters;
    }
    PriceRow[] others = meters[row.meter().ordinal()];
    for (PriceRow other : others) {
      if (other.effectiveFrom().equals(row.effectiveFrom())
          && (other.hours() == null ? row.hours() == null : other.hours().equals(row.hours()))) {
        return;
      }
    }
    PriceRow[] longer = Arrays.copyOf(others, others.length + 1);
    longer[others.length] = row;
    meters[row.meter().ordinal()] = longer;
    anywhere[row.meter().ordinal()] = true;
    rows.add(row);
    first = Math.min(first, row.effectiveFrom().getEpochSecond());
    end =
        row.effectiveTo() == null
            ? Long.MAX_VALUE
            : Math.max(end, row.effectiveTo().getEpochSecond());
    if (longOver == 0) {
      longOver = row.longContextOver();
    }
  }

  /** Every row that can come to be in force. */
  List<PriceRow> rows() {
    return rows;
  }

  /** Whether the book knows prices of the model at that instant. */
  boolean knows(long epochSecond) {
    return first <= epochSecond && epochSecond < end;
  }

  /**
   * Whether a request of so many input tokens is billed at long-context rates: beyond the
   * threshold, at a time in which the model has such rates at all.
   */
  boolean isLong(long inputTokens, long epochSecond) {
    return inputTokens > longOver && longOver(epochSecond) != 0;
  }

  /** The number of input tokens beyond which those rates hold then; 0 when the model has none. */
  long longOver(long epochSecond) {
    if (longOver != 0) {
      for (PriceRow row : rows) {
        if (row.longContext() && row.inForce(epochSecond)) {
          return longOver;
        }
      }
    }
    return 0;
  }

  /** Whether the model has a price for that meter in any tier, band or time. */
  boolean has(Meter meter) {
    return anywhere[meter.ordinal()];
  }

  /** The row in force, or null. */
  @Nullable PriceRow row(Tier tier, boolean longContext, Meter meter, long epochSecond) {
    PriceRow[][] meters = bands[band(tier, longContext)];
    if (meters != null) {
      for (PriceRow row : meters[meter.ordinal()]) {
        if (row.inForce(epochSecond)) {
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
