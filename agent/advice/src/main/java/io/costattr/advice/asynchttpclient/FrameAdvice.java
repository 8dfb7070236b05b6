package io.costattr.advice.asynchttpclient;

import io.costattr.advice.netty.Buffers;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.netty.buffer.ByteBuf;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code Http2BodyWriter.writeFrame}: a piece of a request's body. */
public final class FrameAdvice {
  private FrameAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable ByteBuf piece,
      @Advice.Argument(1) boolean last,
      @Advice.FieldValue("channel") Object stream) {
    show(stream, piece, last);
  }

  static void show(Object stream, @Nullable ByteBuf piece, boolean last) {
    Exchange exchange = Exchange.carriedBy(stream);
    ObservedBody body = exchange == null ? null : exchange.observedRequest();
    if (body == null) {
      return;
    }
    if (piece != null) {
      Buffers.show(piece, body);
    }
    if (last) {
      body.ended();
    }
  }
}
