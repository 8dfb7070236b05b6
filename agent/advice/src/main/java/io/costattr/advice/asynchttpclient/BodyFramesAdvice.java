package io.costattr.advice.asynchttpclient;

import io.costattr.advice.netty.Buffers;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.netty.buffer.ByteBuf;
import net.bytebuddy.asm.Advice;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/**
 * At {@code NettyRequestSender.writeHttp2BodyFrames}: a body that lies in memory is sent at once,
 * another one is written to the stream piece by piece.
 */
public final class BodyFramesAdvice {
  private BodyFramesAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable NettyResponseFuture<?> future,
      @Advice.Argument(2) @Nullable ByteBuf bytes,
      @Advice.Argument(3) boolean piecewise) {
    Exchange exchange = Attempts.sent(future);
    if (exchange == null || future == null) {
      return;
    }
    String encoding = future.getNettyRequest().getHttpRequest().headers().get("Content-Encoding");
    if (piecewise) {
      exchange.requestBody(encoding);
    } else if (bytes != null) {
      ObservedBody body = exchange.requestBody(encoding);
      Buffers.show(bytes, body);
      body.ended();
    }
  }
}
