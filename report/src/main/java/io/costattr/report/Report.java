package io.costattr.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer.
 *
 * @param by the dimensions, which head the first columns
 * @param rows the groups shown
 * @param total all calls that the query chose, those of groups not shown included
 * @param groups how many groups there are
 * @param loaded what was read
 */
record Report(List<Dimension> by, List<Row> rows, Row total, long groups, Loaded loaded) {

  /**
   * A group of calls.
   *
   * @param keys its value per dimension, null where the calls have none
   * @param values its measures; null where nothing is known: never zero for unknown
   */
  record Row(List<@Nullable String> keys, Map<Measure, @Nullable BigDecimal> values) {
    @Nullable BigDecimal value(Measure measure) {
      return values.get(measure);
    }

    /** Whether there is some of it. */
    boolean has(Measure measure) {
      BigDecimal value = values.get(measure);
      return value != null && value.signum() != 0;
    }
  }

  /** A cost as a part of the whole, 0 to 1, to six decimals; null where that says nothing. */
  static @Nullable BigDecimal share(@Nullable BigDecimal cost, @Nullable BigDecimal whole) {
    return cost == null || whole == null || whole.signum() == 0
        ? null
        : cost.divide(whole, 6, RoundingMode.HALF_EVEN);
  }
}
