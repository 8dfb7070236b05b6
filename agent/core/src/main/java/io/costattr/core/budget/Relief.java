package io.costattr.core.budget;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a call is made cheaper. Immutable.
 *
 * @param models the model to ask for instead, by the one that was asked for; a name may end with a
 *     star
 * @param outputLimit the most output tokens to ask for, or null
 * @param serviceTier the tier to ask for, or null
 */
record Relief(
    Map<String, String> models, @Nullable Long outputLimit, @Nullable String serviceTier) {

  /** The model to ask for instead of that one; null when there is none. */
  @Nullable String model(@Nullable String model) {
    if (model == null) {
      return null;
    }
    String exact = models.get(model);
    if (exact != null) {
      return exact.equals(model) ? null : exact;
    }
    String best = null;
    int longest = -1;
    for (Map.Entry<String, String> one : models.entrySet()) {
      String name = one.getKey();
      int length = name.length() - 1;
      if (name.endsWith("*") && length > longest && model.startsWith(name.substring(0, length))) {
        best = one.getValue();
        longest = length;
      }
    }
    return model.equals(best) ? null : best;
  }
}
