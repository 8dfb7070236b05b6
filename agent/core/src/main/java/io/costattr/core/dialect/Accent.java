package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;
import org.jspecify.annotations.Nullable;

/**
 * In what a provider that speaks another's dialect differs from it. What nothing is said of is as
 * the dialect has it. Stateless and shared.
 */
interface Accent {

  /** Adds the paths at which this provider's responses say more, or say it elsewhere. */
  default void response(JsonShape.Builder shape) {}

  /** Whether a model without prices of this provider's is OpenAI's of that name. */
  default boolean hasOpenAiModels() {
    return false;
  }

  /** Whether the total may exceed prompt and completion by reasoning, which is billed as output. */
  default boolean hasReasoningOutside() {
    return false;
  }

  /** Whether the usage that was read last is of the whole response, and not of a part so far. */
  default boolean isLast(Reading response) {
    return true;
  }

  /** What was counted where the dialect's usage is missing or impossible; null for nothing. */
  default @Nullable Counted counted(Reading response) {
    return null;
  }

  /** The provider's own charge in pico-USD (1e-12 USD); null when it states none. */
  default @Nullable Long charge(Reading response) {
    return null;
  }

  /** The price book's name of a service tier. */
  default String tier(String name) {
    return name;
  }

  /**
   * The model behind a name that requests use, as the configuration says; null when it does not.
   */
  default @Nullable String deploymentModel(String requested) {
    return null;
  }
}
