package io.costattr.advice.apache4;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpRequestExecutor.execute}, which sends and receives the head: one attempt. A request
 * that was answered with a challenge is sent once more, in the same pass of the chain.
 */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) HttpRequest request,
      @Advice.Argument(1) HttpClientConnection connection,
      @Advice.Argument(2) HttpContext context) {
    Exchange exchange = Exchange.carriedBy(request);
    if (exchange != null && exchange.isAnswered()) {
      exchange.abandoned();
      Object target = context.getAttribute(HttpCoreContext.HTTP_TARGET_HOST);
      exchange = target instanceof HttpHost host ? Apache4.open(host, request) : null;
      if (exchange != null) {
        exchange.carryWith(request);
      }
    }
    AddedBaggage baggage = AddedBaggage.put(request, context);
    if (exchange == null) {
      return baggage == null ? null : new Sent(null, null, baggage);
    }
    // By which the connection's release finds it.
    exchange.carryWith(connection);
    return new Sent(exchange, AskingRequest.put(request, exchange), baggage);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Return @Nullable HttpResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (entered instanceof Sent sent) {
      if (sent.asking != null) {
        sent.asking.undo();
      }
      if (sent.baggage != null) {
        sent.baggage.undo();
      }
      if (sent.exchange != null) {
        ObservedEntity.put(sent.exchange, response, thrown);
      }
    }
  }

  private record Sent(
      @Nullable Exchange exchange,
      @Nullable AskingRequest asking,
      @Nullable AddedBaggage baggage) {}
}
