package io.costattr.advice.asynchttpclient;

import io.costattr.core.exchange.Exchange;
import io.netty.channel.Channel;
import net.bytebuddy.asm.Advice;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/** At {@code NettyRequestSender.sendHttp2Frames}: the stream is this exchange's. */
public final class StreamAdvice {
  private StreamAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable NettyResponseFuture<?> future,
      @Advice.Argument(1) @Nullable Channel stream) {
    Exchange exchange = Attempts.sent(future);
    if (exchange != null && stream != null) {
      exchange.carryWith(stream);
    }
  }
}
