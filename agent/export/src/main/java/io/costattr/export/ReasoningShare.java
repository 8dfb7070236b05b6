package io.costattr.export;

import io.costattr.core.usage.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** How much of an answer was reasoning, by the provider's own numbers. */
public final class ReasoningShare {
  private static final int PLACES = 4;

  private ReasoningShare() {}

  /**
   * Between 0 and 1, to four places; null when the provider does not tell, or says what cannot be.
   */
  public static @Nullable BigDecimal of(Usage.Reported reported) {
    Long reasoning = reported.reasoningTokens();
    Long completion = reported.completionTokens();
    if (reasoning == null || completion == null || completion <= 0 || reasoning > completion) {
      return null;
    }
    BigDecimal share =
        BigDecimal.valueOf(reasoning)
            .divide(BigDecimal.valueOf(completion), PLACES, RoundingMode.HALF_EVEN)
            .stripTrailingZeros();
    return share.scale() < 0 ? share.setScale(0) : share;
  }
}
