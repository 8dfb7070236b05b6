package io.costattr.advice.okhttp;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import java.util.Objects;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * At {@code okhttp3.internal.http.BridgeInterceptor.intercept}: below retries and redirects, so
 * that each pass is one attempt; above the transparent decompression, so that bodies are plain.
 */
public final class InterceptAdvice {
  private InterceptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Interceptor.Chain chain) {
    Request request = chain.request();
    HttpUrl url = request.url();
    Exchange exchange =
        Exchanges.open(
            OkHttpVersion.CLIENT,
            request.method(),
            url.host(),
            url.port(),
            url.encodedPath(),
            chain.call());
    if (exchange != null) {
      exchange.enter();
    }
    return exchange;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Return @Nullable Response response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (!(entered instanceof Exchange exchange)) {
      return null;
    }
    exchange.leave();
    if (thrown != null) {
      exchange.failed(thrown);
      return null;
    }
    if (response == null || response.body() == null) {
      return null;
    }
    ObservedResponseBody body =
        new ObservedResponseBody(
            Objects.requireNonNull(response.body()),
            exchange.response(response.code(), response::header));
    exchange.watch(body);
    return response.newBuilder().body(body).build();
  }
}
