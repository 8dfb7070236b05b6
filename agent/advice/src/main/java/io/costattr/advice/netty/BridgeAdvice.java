package io.costattr.advice.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code write} of Reactor Netty's handler in front of the codec for HTTP/2, which is given
 * messages of HTTP/1.1, on a channel that is one stream. A stream on which nothing was sent does
 * not exist for the server.
 */
public final class BridgeAdvice {
  private BridgeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable ChannelHandlerContext context,
      @Advice.Argument(1) @Nullable Object message,
      @Advice.Argument(2) ChannelPromise promise) {
    if (!Sent.isDenied(context, message)) {
      return AddedBaggage.put(context, message);
    }
    ReferenceCountUtil.release(message);
    promise.trySuccess();
    return true;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered instanceof AddedBaggage baggage) {
      baggage.undo();
    }
  }
}
