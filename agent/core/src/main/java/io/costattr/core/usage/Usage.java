package io.costattr.core.usage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt consumed: quantities by {@link Meter}, disjoint, never negative; and beside them
 * the provider's own numbers, which overlap as the provider's do and must match its dashboard.
 * Immutable.
 */
public final class Usage {
  private static final int METERS = Meter.values().length;

  private final long[] quantities;
  private final Reported reported;

  private Usage(long[] quantities, Reported reported) {
    this.quantities = quantities;
    this.reported = reported;
  }

  /** The quantity of that meter, 0 when none. */
  public long quantity(Meter meter) {
    return quantities[meter.ordinal()];
  }

  /** Whether there is nothing of any meter. */
  public boolean isEmpty() {
    for (long quantity : quantities) {
      if (quantity != 0) {
        return false;
      }
    }
    return true;
  }

  /** All tokens on the input side, cached and cache-written ones included. */
  public long inputTokens() {
    return sum(Meter.Kind.INPUT);
  }

  /** All tokens on the output side, reasoning included. */
  public long outputTokens() {
    return sum(Meter.Kind.OUTPUT);
  }

  /** The provider's own numbers; a number it did not send is null. */
  public Reported reported() {
    return reported;
  }

  /** A builder that holds this usage. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    System.arraycopy(quantities, 0, builder.quantities, 0, METERS);
    return builder.reported(reported);
  }

  private long sum(Meter.Kind kind) {
    long sum = 0;
    for (Meter meter : Meter.values()) {
      if (meter.kind() == kind) {
        sum += quantities[meter.ordinal()];
      }
    }
    return sum;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Usage that
        && Arrays.equals(quantities, that.quantities)
        && reported.equals(that.reported);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(quantities) * 31 + reported.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Usage[");
    for (Meter meter : Meter.values()) {
      if (quantities[meter.ordinal()] != 0) {
        text.append(meter.id()).append('=').append(quantities[meter.ordinal()]).append(' ');
      }
    }
    return text.append(reported).append(']').toString();
  }

  /**
   * The provider's own token counts, as sent. A count that it did not send is null.
   *
   * @param promptTokens prompt or input tokens; whether cached ones are inside is the dialect's
   *     rule
   * @param completionTokens completion or output tokens
   * @param reasoningTokens reasoning tokens
   * @param cachedTokens prompt tokens read from the cache
   * @param cacheWriteTokens prompt tokens written to the cache
   * @param audioInputTokens audio tokens of the prompt
   * @param audioOutputTokens audio tokens of the completion
   * @param imageInputTokens image tokens of the prompt
   * @param imageOutputTokens image tokens of the completion
   */
  public record Reported(
      @Nullable Long promptTokens,
      @Nullable Long completionTokens,
      @Nullable Long reasoningTokens,
      @Nullable Long cachedTokens,
      @Nullable Long cacheWriteTokens,
      @Nullable Long audioInputTokens,
      @Nullable Long audioOutputTokens,
      @Nullable Long imageInputTokens,
      @Nullable Long imageOutputTokens) {

    /** Nothing reported. */
    public static final Reported NONE =
        new Reported(null, null, null, null, null, null, null, null, null);

    /** Only the two totals reported. */
    public static Reported of(long promptTokens, long completionTokens) {
      return new Reported(promptTokens, completionTokens, null, null, null, null, null, null, null);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects quantities; a negative one is clamped to zero and remembered. Not thread-safe. */
  public static final class Builder {
    private final long[] quantities = new long[METERS];
    private Reported reported = Reported.NONE;
    private boolean clamped;

    private Builder() {}

    /** Sets the quantity of a meter; a negative one becomes 0 and {@link #clamped} turns true. */
    public Builder set(Meter meter, long quantity) {
      if (quantity < 0) {
        clamped = true;
        quantity = 0;
      }
      quantities[meter.ordinal()] = quantity;
      return this;
    }

    /** Adds to the quantity of a meter. */
    public Builder add(Meter meter, long quantity) {
      return set(meter, quantities[meter.ordinal()] + quantity);
    }

    /** Adds every quantity of another usage. */
    public Builder add(Usage other) {
      for (Meter meter : Meter.values()) {
        if (other.quantity(meter) > 0) {
          add(meter, other.quantity(meter));
        }
      }
      return this;
    }

    public Builder reported(Reported reported) {
      this.reported = reported;
      return this;
    }

    /** Whether any quantity had to be clamped. */
    public boolean clamped() {
      return clamped;
    }

    public Usage build() {
      return new Usage(quantities.clone(), reported);
    }
  }
}
