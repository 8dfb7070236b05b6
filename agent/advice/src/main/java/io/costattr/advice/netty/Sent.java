package io.costattr.advice.netty;

import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.Preview;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** What is on its way to the wire, of the exchange that the channel carries. */
public final class Sent {
  private Sent() {}

  /**
   * Looks at a message that is about to be sent.
   *
   * @param context of the handler that sends, behind which a response would come
   * @return whether it must not be: an answer is on its way instead
   */
  static boolean isDenied(@Nullable ChannelHandlerContext context, @Nullable Object message) {
    if (context == null) {
      return false;
    }
    Exchange exchange = marked(context, message);
    if (exchange == null) {
      exchange = Exchange.carriedBy(context.channel());
    }
    if (exchange == null) {
      return false;
    }
    if (exchange.denial() != null) {
      if (message instanceof LastHttpContent) {
        // What follows on the channel is another request.
        Exchange.forget(context.channel());
      }
      return true;
    }
    if (message instanceof HttpRequest head
        && exchange.objection(preview(head)) instanceof Denial denial) {
      Answer.give(context, denial);
      if (message instanceof LastHttpContent) {
        Exchange.forget(context.channel());
      }
      return true;
    }
    show(exchange, message);
    return false;
  }

  /** The exchange of a request that bears a mark; it was denied before, and its answer is given. */
  private static @Nullable Exchange marked(
      ChannelHandlerContext context, @Nullable Object message) {
    if (!Exchange.anyMarked() || !(message instanceof HttpRequest head)) {
      return null;
    }
    Exchange exchange = Exchange.ofMark(head.headers().get(Exchange.MARK));
    Denial denial = exchange == null ? null : exchange.denial();
    if (exchange == null || denial == null) {
      return null;
    }
    exchange.carryWith(context.channel());
    Answer.give(context, denial);
    return exchange;
  }

  /** What that request says: all of it, where its body lies behind its head. */
  public static Preview preview(HttpRequest head) {
    return Preview.of(
        name -> head.headers().get(name),
        head instanceof LastHttpContent whole ? whole.content().readableBytes() : -1,
        head instanceof LastHttpContent whole
            ? reader -> Buffers.show(whole.content(), reader)
            : null);
  }

  // What is deprecated is all that Netty 4.0 has.
  @SuppressWarnings("deprecation")
  private static void show(Exchange exchange, @Nullable Object message) {
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
