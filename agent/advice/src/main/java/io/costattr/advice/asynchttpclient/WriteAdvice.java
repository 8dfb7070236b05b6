package io.costattr.advice.asynchttpclient;

import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Exchange;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import net.bytebuddy.asm.Advice;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.netty.request.NettyRequest;
import org.jspecify.annotations.Nullable;

/**
 * At {@code NettyRequestSender.writeRequest}: both sides of the connection are this exchange's from
 * now on, until the next request takes it. One for HTTP/2 has many exchanges, each with a stream.
 */
public final class WriteAdvice {
  private WriteAdvice() {}

  // What is deprecated is all that Netty 4.0 has.
  @SuppressWarnings("deprecation")
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable NettyResponseFuture<?> future,
      @Advice.Argument(1) @Nullable Channel channel) {
    NettyRequest request = future == null ? null : future.getNettyRequest();
    if (future == null || request == null || channel == null) {
      return;
    }
    if (OutgoingBaggage.isOn()) {
      OutgoingBaggage.carry(OutgoingBaggage.carriedBy(future), channel);
    }
    Exchange exchange = Exchange.carriedBy(future);
    if (exchange == null || HttpMethod.CONNECT.equals(request.getHttpRequest().getMethod())) {
      Exchange.forget(channel);
      return;
    }
    exchange.carryWith(request);
    if (channel.pipeline().get(HttpClientCodec.class) != null) {
      exchange.carryWith(channel);
    }
  }
}
