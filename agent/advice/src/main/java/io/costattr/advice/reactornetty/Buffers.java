package io.costattr.advice.reactornetty;

import io.costattr.core.exchange.ObservedBody;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Shows a buffer of Netty's to an observer where it lies. */
final class Buffers {
  private static final int PIECE = 4 * 1024;

  private Buffers() {}

  /** The buffer's indices and its reference count stay as they are. */
  static void show(ByteBuf buffer, ObservedBody observer) {
    int from = buffer.readerIndex();
    int length = buffer.readableBytes();
    if (length == 0) {
      return;
    }
    if (buffer.hasArray()) {
      observer.accept(buffer.array(), buffer.arrayOffset() + from, length);
    } else if (buffer.nioBufferCount() == 1) {
      observer.accept(buffer.nioBuffer(from, length));
    } else if (buffer.nioBufferCount() > 1) {
      for (ByteBuffer part : buffer.nioBuffers(from, length)) {
        observer.accept(part);
      }
    } else {
      byte[] piece = new byte[Math.min(PIECE, length)];
      for (int at = 0; at < length; at += piece.length) {
        int count = Math.min(piece.length, length - at);
        buffer.getBytes(from + at, piece, 0, count);
        observer.accept(piece, 0, count);
      }
    }
  }
}
