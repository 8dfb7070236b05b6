package io.costattr.advice.okhttp;

import io.costattr.core.Log;
import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * At {@code okhttp3.internal.http.BridgeInterceptor.intercept}: below retries and redirects, so
 * that each pass is one attempt; above the transparent decompression, so that bodies are plain.
 */
public final class InterceptAdvice {
  /** Network interceptors may hand on another request, so that the request itself tells nothing. */
  static final Object SUBJECT = InterceptAdvice.class;

  private InterceptAdvice() {}

  /**
   * What the exit is told, and the chain to go on with; null to go on as if there were no agent. An
   * exception is thrown in the place of the call, which the policy refuses; a response is returned
   * in the provider's place, because of a budget.
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Response.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(
          value = 0,
          index = 1,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) Interceptor.Chain chain) {
    Request request = chain.request();
    HttpUrl url = request.url();
    String path = url.encodedPath();
    Rejection rejection =
        Exchanges.rejection(
            OkHttpVersion.CLIENT, request.method(), url.host(), url.port(), path, chain.call());
    if (rejection != null) {
      return RejectedCall.of(rejection);
    }
    Exchange exchange =
        Exchanges.open(
            OkHttpVersion.CLIENT, request.method(), url.host(), url.port(), path, chain.call());
    if (exchange != null) {
      if (exchange.objection(Bodies.preview(request)) instanceof Denial denial) {
        return DeniedResponse.of(denial, request);
      }
      exchange.enter(SUBJECT);
      return new Object[] {exchange, AskingChain.around(chain, exchange)};
    }
    // A call made within another one, by a network interceptor or a resolver of names.
    Exchange outer = Exchange.current(SUBJECT);
    return outer == null ? null : new Object[] {new Suspended(Exchange.suspend()), null};
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter @Nullable Object result,
      @Advice.Argument(0) Interceptor.Chain chain,
      @Advice.Return @Nullable Response response,
      @Advice.Thrown @Nullable Throwable thrown) {
    Object entered = result instanceof Object[] both ? both[0] : null;
    if (entered instanceof Suspended suspended) {
      Exchange.resume(suspended.outer);
    }
    if (!(entered instanceof Exchange exchange)) {
      return null;
    }
    exchange.leave();
    try {
      if (thrown != null || response == null) {
        failed(exchange, chain.call(), thrown);
        return null;
      }
      Response observed = observed(exchange, chain.call(), response);
      return chain.request() == response.request()
          ? AskingChain.answer(chain, exchange, observed)
          : observed;
    } catch (Throwable fault) {
      Log.fault("reading a response of OkHttp", fault);
      exchange.unreadable();
      exchange.completed();
      return null;
    }
  }

  private record Suspended(@Nullable Exchange outer) {}

  private static Response observed(Exchange exchange, Call call, Response response) {
    if (response.networkResponse() == null) {
      // The client's cache has answered, or has refused to let anything be sent.
      exchange.withdrawn();
      return response;
    }
    ResponseBody body = response.body();
    if (body == null) {
      exchange.response(response.code(), response::header);
      exchange.completed();
      return response;
    }
    ObservedSource source =
        new ObservedSource(
            body, exchange, exchange.response(response.code(), response::header), call);
    exchange.watch(source);
    return response.newBuilder().body(new ObservedResponseBody(body, source)).build();
  }

  static void failed(Exchange exchange, Call call, @Nullable Throwable thrown) {
    if (thrown == null) {
      exchange.completed();
    } else if (call.isCanceled()) {
      exchange.cancelled(thrown, call.timeout().timeoutNanos());
    } else {
      exchange.failed(thrown);
    }
  }
}
