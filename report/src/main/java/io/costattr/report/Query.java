package io.costattr.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param by the dimensions to group by; none for a total only
 * @param since calls at this instant or later; null for no bound
 * @param until calls before this instant; null for no bound
 * @param where per dimension the values that a call may have; the empty text for no value
 * @param sort the order of the rows; null for the usual one: by time where the first dimension is
 *     one, else the dearest first
 * @param limit how many rows at most
 */
record Query(
    List<Dimension> by,
    @Nullable Instant since,
    @Nullable Instant until,
    Map<Dimension, List<String>> where,
    @Nullable Order sort,
    long limit) {

  /**
   * An order.
   *
   * @param column the number of a dimension of the query, from 0, or -1 for a measure
   * @param measure the measure, where it is one
   */
  record Order(int column, @Nullable Measure measure, boolean descending) {}
}
