package io.costattr.advice.asynchttpclient;

import io.costattr.advice.netty.Buffers;
import io.costattr.core.Log;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import net.bytebuddy.asm.Advice;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * At {@code AsyncHttpClientHandler.channelRead}: the head and then the parts of a response, as they
 * come off the connection, decompressed.
 */
public final class ReceiveAdvice {
  private ReceiveAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable ChannelHandlerContext context,
      @Advice.Argument(1) @Nullable Object message,
      @Advice.FieldValue("config") AsyncHttpClientConfig config) {
    Exchange exchange = context == null ? null : Exchange.carriedBy(context.channel());
    if (exchange == null || message == null) {
      return;
    }
    try {
      if (message instanceof HttpObject part) {
        show(exchange, part, config);
      } else {
        Frames.show(exchange, message, config);
      }
    } catch (Throwable fault) {
      Log.fault("reading a response of " + Attempts.NAME, fault);
      exchange.unreadable();
    }
  }

  // What is deprecated is all that Netty 4.0 has.
  @SuppressWarnings("deprecation")
  private static void show(Exchange exchange, HttpObject message, AsyncHttpClientConfig config) {
    if (message.getDecoderResult().isFailure()) {
      // The library aborts with it.
      return;
    }
    if (message instanceof HttpResponse head) {
      Attempts.answered(
          exchange, head.getStatus().code(), name -> head.headers().get(name), config);
    }
    ObservedBody body = exchange.observedResponse();
    if (body == null || !(message instanceof HttpContent content)) {
      return;
    }
    Buffers.show(content.content(), body);
    if (message instanceof LastHttpContent) {
      body.ended();
    }
  }
}
