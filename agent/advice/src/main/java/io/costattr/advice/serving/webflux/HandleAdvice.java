package io.costattr.advice.serving.webflux;

import io.costattr.core.attribution.Served;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * At {@code DispatcherHandler.handle}, which finds the handler of an exchange and has it run, and
 * at that of a router's own web handler: behind every filter.
 */
public final class HandleAdvice {
  private HandleAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Argument(0) @Nullable ServerWebExchange exchange,
      @Advice.Return @Nullable Mono<?> handled) {
    return exchange == null || handled == null || !Served.isTaken()
        ? null
        : new ServedMono<>(handled, exchange);
  }
}
