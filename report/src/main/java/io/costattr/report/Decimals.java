package io.costattr.report;

import java.math.BigDecimal;

/** Numbers as text, exact: never an exponent, never rounded. */
final class Decimals {
  private Decimals() {}

  /** Without needless zeros, for machines. */
  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** With two decimals or as many more as it takes, for people. */
  static String usd(BigDecimal value) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped.setScale(Math.max(2, stripped.scale())).toPlainString();
  }
}
