package io.costattr.advice.vertx;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.Preview;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** What goes through a request's one way to write: its head, every piece of its body, its end. */
final class Writing {
  private Writing() {}

  /**
   * Looks at what is about to be written.
   *
   * @param last whether nothing follows
   * @return whether it must not be: an answer is on its way instead
   */
  static boolean isDenied(Object request, @Nullable Object piece, boolean last, boolean tunnel)
      throws IllegalAccessException {
    if (tunnel || !(request instanceof HttpClientRequest sent)) {
      return false;
    }
    if (OutgoingBaggage.isOn()) {
      passBaggage(sent);
    }
    Exchange exchange = Exchange.carriedBy(request);
    if (exchange == null) {
      exchange = open(sent);
      if (exchange != null && ask(exchange, sent, piece, last)) {
        return isOverHttp2(sent);
      }
    } else if (exchange.denial() != null) {
      return isOverHttp2(sent);
    }
    ObservedBody body = exchange == null ? null : exchange.observedRequest();
    if (body == null) {
      return false;
    }
    if (piece != null) {
      Pieces.show(piece, body);
    }
    if (last) {
      body.ended();
    }
    return false;
  }

  /** To where the head is copied for Netty, which knows no more of the request than its headers. */
  private static void passBaggage(HttpClientRequest request) {
    Addition carried = OutgoingBaggage.carriedBy(request);
    Address address =
        carried == null
            ? null
            : Address.of(request.getMethod(), request.getURI(), request.absoluteURI());
    if (address != null) {
      OutgoingBaggage.carry(
          OutgoingBaggage.further(carried, address.host(), address.port()), request.headers());
    }
  }

  /** Whether the attempt is denied; its answer is on the way, or will be given where it is sent. */
  private static boolean ask(
      Exchange exchange, HttpClientRequest request, @Nullable Object piece, boolean last)
      throws IllegalAccessException {
    boolean http2 = isOverHttp2(request);
    Internals internals = http2 ? Internals.of(request) : null;
    if (http2 && internals == null) {
      return false;
    }
    Preview preview =
        Preview.of(
            name -> request.headers().get(name),
            last ? length(piece) : -1,
            last && piece != null ? reader -> Pieces.show(piece, reader) : null);
    if (!(exchange.objection(preview) instanceof Denial denial)) {
      return false;
    }
    if (internals == null) {
      // Netty's encoder knows it by that, see io.costattr.advice.netty.Sent.
      request.putHeader(Exchange.MARK, exchange.mark());
    } else {
      Answer.give(internals, request, denial);
    }
    return true;
  }

  private static boolean isOverHttp2(HttpClientRequest request) {
    return request.version() == HttpVersion.HTTP_2;
  }

  private static int length(@Nullable Object piece) {
    if (piece instanceof ByteBuf bytes) {
      return bytes.readableBytes();
    }
    return piece instanceof Buffer bytes ? bytes.length() : 0;
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
