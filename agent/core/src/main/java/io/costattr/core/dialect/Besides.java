package io.costattr.core.dialect;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange says of quantities besides the usage of its model.
 *
 * @param free whether the provider bills nothing for such a call
 * @param fees tools of the provider's that ran, and what comes with them
 * @param others what other models did for the same call
 * @param containers the containers of the call's own in which code ran; each is billed once,
 *     however many calls use it
 * @param container what such a container is billed as; null when its size is not known
 * @param asked the most that the request can use, where it says that without a model's tokens; null
 *     where it does not
 * @param outputLimit the most tokens that the answer may have, as the request says; null when it
 *     does not
 */
public record Besides(
    boolean free,
    Usage fees,
    List<Other> others,
    Set<String> containers,
    @Nullable Meter container,
    @Nullable Usage asked,
    @Nullable Long outputLimit) {

  static final Usage NO_FEES = Usage.builder().build();

  /** Nothing. */
  static final Besides NOTHING = limit(null);

  /** A call that is not billed. */
  static final Besides FREE =
      new Besides(true, NO_FEES, List.of(), Set.of(), Meter.CONTAINER_SESSION, null, null);

  /** Only the limit of the answer. */
  static Besides limit(@Nullable Long outputLimit) {
    return new Besides(
        false, NO_FEES, List.of(), Set.of(), Meter.CONTAINER_SESSION, null, outputLimit);
  }

  /** Only the most that the request can use. */
  static Besides asked(@Nullable Usage most) {
    return new Besides(false, NO_FEES, List.of(), Set.of(), Meter.CONTAINER_SESSION, most, null);
  }

  /** Whether something of it can have no price: a container of no known size, or a model. */
  boolean hasUnknownPart() {
    if (container == null && !containers.isEmpty()) {
      return true;
    }
    for (Other other : others) {
      if (other.model() == null) {
        return true;
      }
    }
    return false;
  }

  /**
   * What another model did.
   *
   * @param model its name; null when nothing tells it, and then it has no price
   */
  public record Other(@Nullable String model, Usage usage) {}
}
