package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cost of one attempt, exact. Immutable.
 *
 * @param basis where the figure comes from
 * @param picoUsd the cost in pico-USD (1e-12 USD), or null when it is not known: never zero for
 *     unknown
 * @param atRiskPicoUsd an upper estimate, in pico-USD, of what may have been billed beyond {@code
 *     picoUsd}; null when nothing is at risk or no estimate can be made
 * @param lines the dot product: one line per meter with a quantity; empty when there is none
 * @param version the version of the price book, or null when no book was consulted
 * @param rule which look-up rule found the rates, or null when none did: {@code response_model},
 *     {@code deployment_model} or {@code request_model}, then {@code _alias} or {@code _family}
 *     when not by that very name; with {@code openai_model_name:} before it when the provider has
 *     no rows of its own and the model was priced as OpenAI's of that name, and {@code +regional}
 *     behind it when a regional uplift applied
 * @param vouchedUntil until when somebody vouches for all the rates, the earliest {@link
 *     PriceRow#vouchedUntil} of them; null when none of them ends
 */
public record Cost(
    Basis basis,
    @Nullable Long picoUsd,
    @Nullable Long atRiskPicoUsd,
    List<Line> lines,
    @Nullable String version,
    @Nullable String rule,
    @Nullable Instant vouchedUntil) {

  /** Nothing was billed. */
  public static final Cost NOTHING = new Cost(Basis.NONE, 0L, null, List.of(), null, null);

  /** What it cost is not known. */
  public static final Cost UNKNOWN = new Cost(Basis.UNKNOWN, null, null, List.of(), null, null);

  /** What it costs comes with another entry. */
  public static final Cost PENDING = new Cost(Basis.PENDING, null, null, List.of(), null, null);

  /** What the provider says that it charges: no book was consulted. */
  public static Cost charged(long picoUsd) {
    return new Cost(Basis.PROVIDER, picoUsd, null, List.of(), null, null);
  }

  /** A usage of which a part has no rate: what it costs is not known. */
  public static Cost unpriceable() {
    return new Cost(Basis.UNPRICED, null, null, List.of(), null, null);
  }

  public Cost {
    lines = List.copyOf(lines);
  }

  /** A cost whose rates do not end. */
  public Cost(
      Basis basis,
      @Nullable Long picoUsd,
      @Nullable Long atRiskPicoUsd,
      List<Line> lines,
      @Nullable String version,
      @Nullable String rule) {
    this(basis, picoUsd, atRiskPicoUsd, lines, version, rule, null);
  }

  /** The same with what may have been billed beyond it, in pico-USD; null when nothing is. */
  public Cost atRisk(@Nullable Long riskPicoUsd) {
    return new Cost(basis, picoUsd, riskPicoUsd, lines, version, rule, vouchedUntil);
  }

  /** This and what another model did for the same call: unpriced when either is. */
  public Cost plus(Cost other) {
    List<Line> both = new ArrayList<>(lines);
    both.addAll(other.lines);
    Long sum = null;
    if (picoUsd != null && other.picoUsd != null) {
      long added = picoUsd + other.picoUsd;
      sum = added < 0 ? null : Long.valueOf(added);
    }
    return new Cost(
        sum == null ? Basis.UNPRICED : basis,
        sum,
        atRiskPicoUsd,
        both,
        version,
        rule,
        vouchedUntil == null
                || (other.vouchedUntil != null && other.vouchedUntil.isBefore(vouchedUntil))
            ? other.vouchedUntil
            : vouchedUntil);
  }

  /** The cost in USD, exact, with at most 12 decimals; null when it is not known. */
  public @Nullable BigDecimal usd() {
    return picoUsd == null ? null : usd(picoUsd);
  }

  /** Pico-USD as USD, exact, without trailing zeros. */
  public static BigDecimal usd(long picoUsd) {
    BigDecimal usd = BigDecimal.valueOf(picoUsd, 12).stripTrailingZeros();
    return usd.scale() < 0 ? usd.setScale(0) : usd;
  }

  /**
   * One term of the dot product.
   *
   * @param meter what was counted
   * @param quantity how many
   * @param usdPer the rate: USD for {@code per} of the meter, as the book states it, times the
   *     regional uplift where one applied; null when the quantity has no price
   * @param per how many of the meter the rate is for, for example 1,000,000
   * @param row the id of the price row, or null when the quantity has no price
   * @param picoUsd quantity times rate in pico-USD, rounded half-even where a rate is finer; null
   *     when the quantity has no price or the product does not fit
   */
  public record Line(
      Meter meter,
      long quantity,
      @Nullable BigDecimal usdPer,
      long per,
      @Nullable String row,
      @Nullable Long picoUsd) {}
}
