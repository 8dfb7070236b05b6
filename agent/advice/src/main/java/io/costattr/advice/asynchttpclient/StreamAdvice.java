package io.costattr.advice.asynchttpclient;

import io.costattr.advice.netty.Sent;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import net.bytebuddy.asm.Advice;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.netty.request.NettyRequest;
import org.jspecify.annotations.Nullable;

/**
 * At {@code NettyRequestSender.sendHttp2Frames}: the stream is this exchange's. One on which
 * nothing is sent does not exist for the server.
 */
public final class StreamAdvice {
  private StreamAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable NettyResponseFuture<?> future,
      @Advice.Argument(1) @Nullable Channel stream) {
    Exchange exchange = Attempts.sent(future);
    if (exchange == null || future == null || stream == null) {
      return null;
    }
    NettyRequest request = future.getNettyRequest();
    if (exchange.objection(Sent.preview(request.getHttpRequest())) instanceof Denial denial) {
      release(request);
      Frames.give(stream, denial);
      return true;
    }
    exchange.carryWith(stream);
    return null;
  }

  /** As the method does it that is not called. */
  private static void release(NettyRequest request) {
    try {
      request.release();
    } catch (LinkageError earlier) {
      ReferenceCountUtil.release(request.getHttpRequest());
    }
  }
}
