package io.costattr.core.dialect;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Reads amounts of money as providers state them. */
final class Charge {
  /** One attempt has never cost as much; a long of pico-USD holds nine times that. */
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

  private static final int PICO = 12;
  private static final int MOST_DIGITS = 100;

  private Charge() {}

  /**
   * The amount at that field in pico-USD (1e-12 USD), exact, half-even beyond that; null when there
   * is none, or one that cannot be: negative, or above a million dollars.
   *
   * @param decimals how many decimal places of a dollar the provider's unit is: 0 for dollars
   */
  static @Nullable Long picoUsd(Reading response, Field field, int decimals) {
    BigDecimal amount = response.decimal(field);
    if (amount == null || amount.signum() < 0 || isUnwieldy(amount)) {
      return null;
    }
    BigDecimal usd = amount.movePointLeft(decimals);
    if (usd.compareTo(MOST_USD) > 0) {
      return null;
    }
    return usd.movePointRight(PICO).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }

  /** Arithmetic on 1e999999999 would fill the memory with zeros. */
  private static boolean isUnwieldy(BigDecimal amount) {
    return amount.precision() > MOST_DIGITS || Math.abs((long) amount.scale()) > MOST_DIGITS;
  }
}
