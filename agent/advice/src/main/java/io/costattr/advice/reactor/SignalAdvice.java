package io.costattr.advice.reactor;

import io.costattr.core.attribution.RoamingRequest;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * Where somebody subscribes to a source that tells on other threads than that: of a scheduler, of a
 * connection, or of whoever fills it. In a chain that serves a request, that is in force while it
 * is subscribed to, and whenever it tells.
 */
public final class SignalAdvice {
  private SignalAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(
          value = 0,
          index = 0,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable CoreSubscriber<?> subscriber) {
    if (subscriber == null) {
      return null;
    }
    RoamingRequest request = ServedChain.of(subscriber);
    if (request == null) {
      return null;
    }
    Object told =
        subscriber instanceof ServedSubscriber
            ? subscriber
            : new ServedSubscriber<>(subscriber, request);
    return new @Nullable Object[] {told, request.resume()};
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered instanceof Object[] both) {
      RoamingRequest.pause(both[1]);
    }
  }
}
