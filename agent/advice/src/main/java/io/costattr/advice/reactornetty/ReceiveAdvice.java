package io.costattr.advice.reactornetty;

import io.costattr.advice.netty.Buffers;
import io.costattr.core.Log;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientOperations.onInboundNext}: the head and then the parts of a response, as they
 * come off the connection; demand has been there for them.
 */
public final class ReceiveAdvice {
  private ReceiveAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object operations, @Advice.Argument(1) @Nullable Object message) {
    Exchange exchange = Wire.exchange(operations);
    if (exchange == null) {
      return;
    }
    try {
      show(exchange, message);
    } catch (Throwable fault) {
      Log.fault("reading a response of Reactor Netty", fault);
      exchange.unreadable();
    }
  }

  private static void show(Exchange exchange, @Nullable Object message) {
    if (message instanceof HttpResponse head) {
      if (exchange.isAnswered()
          || head.decoderResult().isFailure()
          || HttpResponseStatus.CONTINUE.equals(head.status())) {
        return;
      }
      exchange.response(head.status().code(), name -> head.headers().get(name));
    }
    ObservedBody body = exchange.observedResponse();
    if (body == null || !(message instanceof HttpContent content)) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      // Early versions take it for the end.
      exchange.failed(content.decoderResult().cause());
      return;
    }
    Buffers.show(content.content(), body);
    if (message instanceof LastHttpContent) {
      body.ended();
    }
  }
}
