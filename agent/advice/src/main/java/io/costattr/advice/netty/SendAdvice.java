package io.costattr.advice.netty;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Where all that is sent passes, however the application made it: at {@code encode} of Netty's
 * encoder of requests for HTTP/1.1, and at {@code write} of Reactor Netty's handler in front of
 * that for HTTP/2. The exchange is the channel's. A file that the kernel sends is not seen. Knows
 * Netty only, which may have been loaded apart from the clients that stand on it.
 */
public final class SendAdvice {
  private SendAdvice() {}

  // What is deprecated is all that Netty 4.0 has.
  @SuppressWarnings("deprecation")
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable ChannelHandlerContext context,
      @Advice.Argument(1) @Nullable Object message) {
    Exchange exchange = context == null ? null : Exchange.carriedBy(context.channel());
    if (exchange == null) {
      return;
    }
    if (message instanceof HttpRequest head && hasBody(head.getMethod())) {
      exchange.requestBody(head.headers().get("Content-Encoding"));
    }
    ObservedBody body = exchange.observedRequest();
    if (body == null) {
      return;
    }
    if (message instanceof HttpContent content) {
      Buffers.show(content.content(), body);
    } else if (message instanceof ByteBuf bytes) {
      Buffers.show(bytes, body);
    }
    if (message instanceof LastHttpContent) {
      body.ended();
    }
  }

  private static boolean hasBody(HttpMethod method) {
    return !HttpMethod.GET.equals(method)
        && !HttpMethod.HEAD.equals(method)
        && !HttpMethod.DELETE.equals(method);
  }
}
