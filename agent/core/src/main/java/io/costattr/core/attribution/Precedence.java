package io.costattr.core.attribution;

import org.jspecify.annotations.Nullable;

/**
 * Whose word counts where several say something of a call: the order is that of {@link Source}, and
 * it holds for each dimension and each tag by itself. What was set on the thread by {@code
 * AttributionContext} wins over {@code @Attributed}, that over baggage, baggage over rules of the
 * configuration, rules over the route or the job, and those over the defaults. For one thread.
 */
final class Precedence {
  private static final int SOURCES = Source.values().length;

  private final @Nullable Attribution[] said = new Attribution[SOURCES];
  private @Nullable Attribution only;
  private boolean several;

  /** That source says so; where it has said something before, what it said first stays. */
  void says(Source source, @Nullable Attribution attribution) {
    if (attribution == null || attribution.equals(Attribution.NONE)) {
      return;
    }
    Attribution before = said[source.ordinal()];
    said[source.ordinal()] = before == null ? attribution : attribution.overlaid(before);
    several |= only != null;
    only = attribution;
  }

  /** What counts; {@link Attribution#NONE} when nobody has said anything. */
  Attribution counts() {
    if (!several) {
      return only == null ? Attribution.NONE : only;
    }
    Attribution counting = null;
    for (int source = SOURCES - 1; source >= 0; source--) {
      Attribution stronger = said[source];
      if (stronger != null) {
        counting = counting == null ? stronger : counting.overlaid(stronger);
      }
    }
    return counting == null ? Attribution.NONE : counting;
  }
}
