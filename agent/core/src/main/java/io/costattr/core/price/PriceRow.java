package io.costattr.core.price;

import io.costattr.core.usage.Meter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of a price book: what one meter of one model costs, in one tier and context band, over a
 * span of time. Immutable.
 *
 * @param id readable and stable, {@code openai/gpt-5.5/standard/short/input@2026-04-23}: the key,
 *     the hours where it has some, and the first day or minute; events name it
 * @param provider whose price it is
 * @param model the model as the provider names it, or {@code *} for a fee that is the same for
 *     every model of the provider
 * @param tier the service tier
 * @param longContextOver 0 for the short context band; else the row is of the long band, which
 *     holds for requests of more than so many input tokens
 * @param meter what is counted
 * @param rate the price, as the book states it
 * @param regionalRate the price on a regional host: {@code rate} with the row's uplift, if any
 * @param effectiveFrom since when it is in force
 * @param effectiveTo when it is no longer in force; null for open-ended
 * @param hours the hours in which it holds and goes before a row without hours; null for all
 * @param source where it was seen
 * @param checkedOn when it was seen, or null in a user's file that does not say
 * @param confidence how sure the book is
 * @param note anything else worth knowing, or empty
 */
public record PriceRow(
    String id,
    String provider,
    String model,
    Tier tier,
    long longContextOver,
    Meter meter,
    Rate rate,
    Rate regionalRate,
    Instant effectiveFrom,
    @Nullable Instant effectiveTo,
    @Nullable Hours hours,
    String source,
    @Nullable LocalDate checkedOn,
    Confidence confidence,
    String note) {

  /** The model of rows that hold for every model of a provider. */
  public static final String ANY_MODEL = "*";

  /** How sure a price is. */
  public enum Confidence {
    /** Several sources agree, or the provider's own page says it. */
    HIGH,
    /** Good sources, with a gap or a conflict that the note names. */
    MEDIUM,
    /** Follows from a published ratio. */
    DERIVED,
    /** One source only. */
    SINGLE_SOURCE,
    /** Carried on beyond the last day that a source vouches for. */
    UNVERIFIED;

    private static final Confidence[] VALUES = values();

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name in price books, for example {@code high}. */
    public String id() {
      return id;
    }

    static @Nullable Confidence of(String id) {
      for (Confidence confidence : VALUES) {
        if (confidence.id.equals(id)) {
          return confidence;
        }
      }
      return null;
    }
  }

  /** Whether it holds for requests beyond the long-context threshold, rather than below. */
  public boolean longContext() {
    return longContextOver > 0;
  }

  /** Whether it is in force at that instant, in seconds since 1970-01-01T00:00Z. */
  boolean inForce(long epochSecond) {
    return effectiveFrom.getEpochSecond() <= epochSecond
        && (effectiveTo == null || epochSecond < effectiveTo.getEpochSecond())
        && (hours == null || hours.contain(epochSecond));
  }

  /**
   * Until when somebody vouches for the price: its end, or the beginning of a row that only carries
   * an ended one on; null where there is no end. Hours come and go and are not asked.
   */
  public @Nullable Instant vouchedUntil() {
    if (hours != null) {
      return null;
    }
    return confidence == Confidence.UNVERIFIED ? effectiveFrom : effectiveTo;
  }
}
