package io.costattr.core.price;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A service tier that has prices per unit. */
public enum Tier {
  STANDARD,
  BATCH,
  FLEX,
  PRIORITY,
  ULTRAFAST;

  private static final Tier[] VALUES = values();

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name in price books, for example {@code priority}. */
  public String id() {
    return id;
  }

  /** The tier of that {@link #id}, or null when there is none. */
  public static @Nullable Tier of(String id) {
    for (Tier tier : VALUES) {
      if (tier.id.equals(id)) {
        return tier;
      }
    }
    return null;
  }

  /**
   * The tier that the invoice will show, or null when its price cannot be known.
   *
   * <p>The tier served decides. A response without one comes from an endpoint that has none
   * (embeddings, most gateways), from a request that asked for none, or from a stream that ended
   * before it was said. Then the tier asked for is the best evidence there is: flex is served as
   * flex or refused, and priority that was downgraded says so in its response. {@code auto} is not
   * a tier but a wish: the project's default, which is standard unless the response says otherwise.
   * A name that is neither of these ({@code scale}, which is paid for in advance, or one newer than
   * this code) is never taken for standard.
   */
  static @Nullable Tier billed(@Nullable String served, @Nullable String requested) {
    String said = isWish(served) ? requested : served;
    if (said == null || isWish(said)) {
      return STANDARD;
    }
    return switch (said) {
      case "default" -> STANDARD;
      case "fast" -> PRIORITY;
      default -> of(said);
    };
  }

  private static boolean isWish(@Nullable String tier) {
    return tier == null || tier.isEmpty() || tier.equals("auto");
  }
}
