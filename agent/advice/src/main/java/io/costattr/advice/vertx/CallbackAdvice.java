package io.costattr.advice.vertx;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** At {@code HttpClientImpl.request} with a callback, which only Vert.x 4 has. */
public final class CallbackAdvice {
  private CallbackAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 1, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable RequestOptions options,
      @Advice.Argument(1) @Nullable Handler<AsyncResult<HttpClientRequest>> handler) {
    Asked asked = options == null || handler == null ? null : Asked.here(options);
    return asked == null || handler == null ? null : asked.before(handler);
  }
}
