package io.costattr.advice.jdkhttp;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientImpl.sendAsync}, the private one with four parameters, through which {@code
 * send} and both public forms of {@code sendAsync} go.
 */
public final class SendAdvice {
  static final String CLIENT = "java.net.http " + System.getProperty("java.version");

  private SendAdvice() {}

  /**
   * The handler to go on with; or the future that is the answer to a call that is not sent.
   *
   * @param executor of an asynchronous call; null for one that waits
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It is the application's to look at.
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = CompletableFuture.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 1, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.This HttpClient client,
      @Advice.Argument(0) @Nullable HttpRequest request,
      @Advice.Argument(1) @Nullable BodyHandler<?> handler,
      @Advice.Argument(3) @Nullable Executor executor) {
    if (request == null || handler == null) {
      return null;
    }
    URI uri = request.uri();
    String path = uri.getRawPath();
    String host = uri.getHost();
    if (path == null || host == null) {
      return null;
    }
    int port = port(uri);
    Rejection rejection = Exchanges.rejection(CLIENT, request.method(), host, port, path, null);
    if (rejection != null) {
      RuntimeException sdk = rejection.sdk();
      return CompletableFuture.failedFuture(sdk != null ? sdk : rejection.exception());
    }
    Exchange exchange = Exchanges.open(CLIENT, request.method(), host, port, path, null);
    if (exchange == null) {
      return null;
    }
    if (exchange.objection(Bodies.preview(request)) instanceof Denial denial) {
      return Answer.of(denial, client, request, handler, executor);
    }
    exchange.enter(request);
    return new ObservedHandler<>(handler, exchange);
  }

  static int port(URI uri) {
    int port = uri.getPort();
    return port >= 0 ? port : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Return @Nullable CompletableFuture<?> returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (!(entered instanceof ObservedHandler<?> handler)) {
      return;
    }
    Exchange exchange = handler.exchange();
    exchange.leave();
    if (thrown != null) {
      exchange.failed(thrown);
    } else if (returned != null) {
      CompletableFuture<?> unused =
          returned.whenComplete((response, failure) -> handler.done(failure));
    }
  }
}
