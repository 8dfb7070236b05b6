package io.costattr.core.accounting;

import io.costattr.core.price.Cost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which call sites called without which dimensions, how often and at what cost, since the start of
 * this JVM. Bounded: sites beyond the first {@value #MOST_SITES} are counted together. Thread-safe.
 */
public final class Coverage {
  private static final int MOST_SITES = 1_000;
  private static final String OTHERS = "further call sites";
  private static final String UNKNOWN = "an unknown place";

  private record Gap(String site, Set<String> missing) {}

  private static final class Tally {
    private long calls;
    private long unpriced;
    private BigDecimal usd = BigDecimal.ZERO;

    void add(@Nullable Long pico) {
      calls++;
      if (pico == null) {
        unpriced++;
      } else {
        usd = usd.add(Cost.usd(pico));
      }
    }
  }

  private final Map<Gap, Tally> gaps = new HashMap<>();
  private long calls;

  /**
   * A call was made.
   *
   * @param site {@code class.method:line}, or null when it is not known
   * @param missing the names of the dimensions that it must have and lacks, possibly none
   * @param pico what it cost in pico-USD (1e-12 USD); null when that is not known
   */
  synchronized void call(@Nullable String site, Set<String> missing, @Nullable Long pico) {
    calls++;
    if (missing.isEmpty()) {
      return;
    }
    Gap gap = new Gap(site == null ? UNKNOWN : site, missing);
    Tally tally = gaps.get(gap);
    if (tally == null) {
      Gap known = gaps.size() < MOST_SITES ? gap : new Gap(OTHERS, missing);
      tally = gaps.computeIfAbsent(known, unused -> new Tally());
    }
    tally.add(pico);
  }

  /** The report, dearest call site first: a line for each, under a head line. */
  public synchronized List<String> report() {
    List<String> lines = new ArrayList<>();
    List<Map.Entry<Gap, Tally>> sorted = new ArrayList<>(gaps.entrySet());
    sorted.sort(
        Comparator.comparing((Map.Entry<Gap, Tally> one) -> one.getValue().usd)
            .thenComparing(one -> one.getValue().calls)
            .reversed()
            .thenComparing(one -> one.getKey().site));
    long lacking = sorted.stream().mapToLong(one -> one.getValue().calls).sum();
    lines.add(
        lacking == 0
            ? "coverage: every one of " + calls + " calls says who pays"
            : "coverage: " + lacking + " of " + calls + " calls lack a dimension, by call site:");
    for (Map.Entry<Gap, Tally> one : sorted) {
      Tally tally = one.getValue();
      lines.add(
          "coverage: "
              + one.getKey().site
              + " without "
              + String.join(", ", one.getKey().missing)
              + ": "
              + tally.calls
              + (tally.calls == 1 ? " call" : " calls")
              + (tally.unpriced == tally.calls
                  ? ""
                  : " for $" + tally.usd.stripTrailingZeros().toPlainString())
              + (tally.unpriced == 0 ? "" : ", " + tally.unpriced + " without a price"));
    }
    return lines;
  }
}
