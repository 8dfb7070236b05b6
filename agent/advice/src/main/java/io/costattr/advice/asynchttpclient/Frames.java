package io.costattr.advice.asynchttpclient;

import io.costattr.advice.netty.Buffers;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import org.asynchttpclient.AsyncHttpClientConfig;

/**
 * What a stream of HTTP/2 receives, or is given in the place of that. Apart from {@link
 * ReceiveAdvice}, because where the library speaks HTTP/1.1 only, Netty's classes for these are not
 * there.
 */
final class Frames {
  private Frames() {}

  static void show(Exchange exchange, Object frame, AsyncHttpClientConfig config) {
    if (frame instanceof Http2HeadersFrame head) {
      CharSequence status = head.headers().status();
      if (status != null) {
        Attempts.answered(
            exchange,
            Integer.parseInt(status.toString()),
            name -> {
              CharSequence value = head.headers().get(name);
              return value == null ? null : value.toString();
            },
            config);
      }
      end(exchange, head.isEndStream());
    } else if (frame instanceof Http2DataFrame piece) {
      ObservedBody body = exchange.observedResponse();
      if (body != null) {
        Buffers.show(piece.content(), body);
      }
      end(exchange, piece.isEndStream());
    }
  }

  /** Gives an answer to the handlers of that stream, when those have done what they do. */
  static void give(Channel stream, Denial denial) {
    Http2Headers head = new DefaultHttp2Headers().status(Integer.toString(Denial.STATUS));
    for (Denial.Header header : denial.headers()) {
      head.add(header.name(), header.value());
    }
    stream
        .eventLoop()
        .execute(
            () -> {
              stream.pipeline().fireChannelRead(new DefaultHttp2HeadersFrame(head, false));
              stream
                  .pipeline()
                  .fireChannelRead(
                      new DefaultHttp2DataFrame(Unpooled.copiedBuffer(denial.body()), true));
              stream.pipeline().fireChannelReadComplete();
            });
  }

  private static void end(Exchange exchange, boolean last) {
    ObservedBody body = exchange.observedResponse();
    if (last && body != null) {
      body.ended();
    }
  }
}
