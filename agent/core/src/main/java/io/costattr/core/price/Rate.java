package io.costattr.core.price;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A price per unit, exact: {@code usd} for {@code per} units, held as a reduced fraction of
 * pico-USD for one unit. Immutable.
 *
 * @param usd the price in USD as decimal text states it, not negative
 * @param per how many units that buys, at least 1
 * @param numerator pico-USD ...
 * @param denominator ... for so many units, without a common divisor; 1 for almost every rate
 */
public record Rate(BigDecimal usd, long per, long numerator, long denominator) {

  private static final int PICO = 12;
  private static final int MAX_DIGITS = 18;

  /**
   * @throws ArithmeticException when the fraction does not fit 64 bits
   */
  static Rate of(BigDecimal usd, long per) {
    long numerator = usd.unscaledValue().longValueExact();
    long denominator = per;
    for (int scale = usd.scale(); scale < PICO; scale++) {
      numerator = Math.multiplyExact(numerator, 10L);
    }
    for (int scale = usd.scale(); scale > PICO; scale--) {
      denominator = Math.multiplyExact(denominator, 10L);
    }
    long divisor = greatestCommonDivisor(numerator, denominator);
    return new Rate(usd, per, numerator / divisor, denominator / divisor);
  }

  /**
   * Plain decimal text, {@code 0.075}: no sign, no exponent, no thousands separator.
   *
   * @throws NumberFormatException when it is anything else
   */
  static BigDecimal decimal(String text) {
    int digits = 0;
    int point = -1;
    long unscaled = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        unscaled = unscaled * 10 + (c - '0');
        digits++;
      } else if (c == '.' && point < 0 && i > 0 && i < text.length() - 1) {
        point = i;
      } else {
        throw new NumberFormatException(text);
      }
      if (digits > MAX_DIGITS) {
        throw new NumberFormatException(text);
      }
    }
    if (digits == 0) {
      throw new NumberFormatException(text);
    }
    return BigDecimal.valueOf(unscaled, point < 0 ? 0 : text.length() - 1 - point);
  }

  /**
   * What that many units cost in pico-USD. Exact when the rate is a whole number of pico-USD for
   * one unit; otherwise rounded half-even to one pico-USD, once for the whole quantity.
   *
   * @throws ArithmeticException when it does not fit 64 bits, or the quantity is negative
   */
  long pico(long quantity) {
    if (quantity < 0) {
      throw new ArithmeticException("negative quantity");
    }
    if (Math.multiplyHigh(quantity, numerator) == 0) {
      long product = quantity * numerator;
      if (product >= 0) {
        return denominator == 1 ? product : halfEven(product, denominator);
      }
    }
    return wide(quantity);
  }

  /** Whether a unit costs more than at the other rate. */
  boolean exceeds(Rate other) {
    return usd.multiply(BigDecimal.valueOf(other.per))
            .compareTo(other.usd.multiply(BigDecimal.valueOf(per)))
        > 0;
  }

  private static long halfEven(long dividend, long divisor) {
    long quotient = dividend / divisor;
    long rest = dividend % divisor;
    long toNext = divisor - rest;
    boolean up = rest > toNext || (rest == toNext && (quotient & 1) == 1);
    return up ? Math.addExact(quotient, 1L) : quotient;
  }

  /** The product needs more than 63 bits; the quotient may yet fit. */
  private long wide(long quantity) {
    BigInteger product = BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(numerator));
    BigInteger[] parts = product.divideAndRemainder(BigInteger.valueOf(denominator));
    BigInteger rest = parts[1];
    int half = rest.compareTo(BigInteger.valueOf(denominator).subtract(rest));
    boolean up = half > 0 || (half == 0 && parts[0].testBit(0));
    return (up ? parts[0].add(BigInteger.ONE) : parts[0]).longValueExact();
  }

  private static long greatestCommonDivisor(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}
