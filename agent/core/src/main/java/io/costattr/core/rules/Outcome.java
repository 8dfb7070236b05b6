package io.costattr.core.rules;

import org.jspecify.annotations.Nullable;

/**
 * What came of one setting of a rule, for those who try rules.
 *
 * @param rule its number
 * @param line where it begins
 * @param target {@code customer_id}, or {@code tag.NAME}
 * @param value what it gave; null when it gave nothing
 * @param reason why it gave nothing, or from where the value is
 */
public record Outcome(int rule, int line, String target, @Nullable String value, String reason) {

  /** Is told what comes of each setting. */
  @FunctionalInterface
  interface Listener {
    void of(Rule rule, Target target, @Nullable String value, Object reason);
  }
}
