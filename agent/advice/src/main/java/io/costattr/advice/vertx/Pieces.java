package io.costattr.advice.vertx;

import io.costattr.advice.netty.Buffers;
import io.costattr.core.exchange.ObservedBody;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;

/** Shows a piece of a body to an observer; its indices and its reference count stay. */
final class Pieces {
  private static final int MOST = 4 * 1024;

  private Pieces() {}

  /**
   * @param piece Netty's or the library's
   */
  static void show(Object piece, ObservedBody body) {
    if (piece instanceof ByteBuf bytes) {
      Buffers.show(bytes, body);
    } else if (piece instanceof Buffer bytes) {
      show(bytes, body);
    }
  }

  private static void show(Buffer bytes, ObservedBody body) {
    int length = bytes.length();
    byte[] copy = new byte[Math.min(MOST, length)];
    for (int at = 0; at < length; at += copy.length) {
      int count = Math.min(copy.length, length - at);
      bytes.getBytes(at, at + count, copy);
      body.accept(copy, 0, count);
    }
  }
}
