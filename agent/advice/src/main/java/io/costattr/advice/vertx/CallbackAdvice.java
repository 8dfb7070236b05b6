package io.costattr.advice.vertx;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** At {@code HttpClientImpl.request} with a callback, which only Vert.x 4 has. */
public final class CallbackAdvice {
  private CallbackAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 1, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.This HttpClient client,
      @Advice.Argument(0) @Nullable RequestOptions options,
      @Advice.Argument(1) @Nullable Handler<AsyncResult<HttpClientRequest>> handler) {
    if (options == null || handler == null) {
      return null;
    }
    Address address = Address.of(options);
    Throwable refused = Asked.refused(address);
    if (refused != null) {
      Future<HttpClientRequest> unused = Contexts.failed(client, refused).onComplete(handler);
      return true;
    }
    Asked asked = Asked.here(address);
    return asked == null ? null : asked.before(handler);
  }
}
