package io.costattr.advice.reactor;

import io.costattr.core.attribution.RoamingRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * At {@code run} of the subscribers of {@code subscribeOn}, which subscribes on a scheduler's
 * thread.
 */
public final class SubscribeOnAdvice {
  private SubscribeOnAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("actual") @Nullable CoreSubscriber<?> actual) {
    RoamingRequest request = actual == null ? null : ServedChain.of(actual);
    return request == null ? null : request.resume();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    RoamingRequest.pause(entered);
  }
}
