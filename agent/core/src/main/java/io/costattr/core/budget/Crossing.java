package io.costattr.core.budget;

/**
 * A counter has passed a threshold, as far as this JVM knows.
 *
 * @param slot in which slot
 * @param percent of the limit
 * @param spent what was spent then
 * @param limit the limit then
 */
record Crossing(Counter counter, long slot, int percent, long spent, long limit) {

  /** By which the fleet tells whether it has been said: once for each window. */
  String mark() {
    Counters of = counter.of;
    String when = of.window().rolls() ? "" : "/" + slot;
    return "threshold/" + of.id() + when + "/" + percent + "/" + counter.value;
  }
}
