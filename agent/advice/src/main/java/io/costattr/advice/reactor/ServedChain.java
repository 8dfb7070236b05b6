package io.costattr.advice.reactor;

import io.costattr.core.attribution.RoamingRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * The request that a chain serves, as its context tells. That is the subscribers' own, so that it
 * does not matter on which thread they are told, nor who else is told on that one.
 */
public final class ServedChain {
  private ServedChain() {}

  /** The request; null when it serves none. */
  public static @Nullable RoamingRequest of(CoreSubscriber<?> subscriber) {
    if (!RoamingRequest.isAny()) {
      return null;
    }
    Context context = subscriber.currentContext();
    return !context.isEmpty()
            && context.getOrDefault((Object) RoamingRequest.KEY, null)
                instanceof RoamingRequest request
        ? request
        : null;
  }

  /** The context of a chain that serves that request. */
  public static Context with(RoamingRequest request, Context context) {
    return context.put(RoamingRequest.KEY, request);
  }
}
