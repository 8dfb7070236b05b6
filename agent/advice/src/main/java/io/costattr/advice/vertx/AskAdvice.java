package io.costattr.advice.vertx;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code HttpClientImpl.request}: whoever listens to its future comes behind this. */
public final class AskAdvice {
  private AskAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Future.class)
  public static @Nullable Object enter(
      @Advice.This HttpClient client, @Advice.Argument(0) @Nullable RequestOptions options) {
    if (options == null) {
      return null;
    }
    Address address = Address.of(options);
    Throwable refused = Asked.refused(address);
    return refused == null ? Asked.here(address) : Contexts.failed(client, refused);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Return @Nullable Future<HttpClientRequest> request) {
    if (entered instanceof Asked asked && request != null) {
      Future<HttpClientRequest> unused = request.onComplete(asked);
    }
  }
}
