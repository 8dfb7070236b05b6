package io.costattr.advice.vertx;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.ObservedBody;
import io.vertx.core.http.HttpClientRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientRequestImpl.doWrite}, through which the head goes, every piece of the body
 * and its end.
 */
public final class WriteAdvice {
  private WriteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object request,
      @Advice.Argument(0) @Nullable Object piece,
      @Advice.Argument(1) boolean last,
      @Advice.Argument(2) boolean tunnel) {
    if (tunnel || !(request instanceof HttpClientRequest sent)) {
      return;
    }
    Exchange exchange = Exchange.carriedBy(request);
    if (exchange == null) {
      exchange = open(sent);
    }
    ObservedBody body = exchange == null ? null : exchange.observedRequest();
    if (body == null) {
      return;
    }
    if (piece != null) {
      Pieces.show(piece, body);
    }
    if (last) {
      body.ended();
    }
  }

  private static @Nullable Exchange open(HttpClientRequest request) {
    Address address = Address.of(request.getMethod(), request.getURI(), request.absoluteURI());
    if (address == null) {
      return null;
    }
    Exchange exchange =
        Exchanges.open(
            Asked.CLIENT,
            address.method(),
            address.host(),
            address.port(),
            address.path(),
            request);
    if (exchange == null) {
      return null;
    }
    exchange.carryWith(request);
    exchange.watch(request);
    if (!address.method().equals("GET")
        && !address.method().equals("HEAD")
        && !address.method().equals("DELETE")) {
      exchange.requestBody(request.headers().get("Content-Encoding"));
    }
    return exchange;
  }
}
