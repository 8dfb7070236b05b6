package io.costattr.advice.asynchttpclient;

import io.costattr.advice.netty.Buffers;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import org.asynchttpclient.AsyncHttpClientConfig;

/**
 * What a stream of HTTP/2 receives. Apart from {@link ReceiveAdvice}, because where the library
 * speaks HTTP/1.1 only, Netty's classes for these are not there.
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

  private static void end(Exchange exchange, boolean last) {
    ObservedBody body = exchange.observedResponse();
    if (last && body != null) {
      body.ended();
    }
  }
}
