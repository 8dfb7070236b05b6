package io.costattr.advice.serving.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpObjectDecoder.decode}, which decodes the head of one request at most. The handlers
 * get what it has decoded after that, and before it decodes anything else.
 */
public final class DecodeAdvice {
  private DecodeAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object decoder,
      @Advice.Argument(0) @Nullable ChannelHandlerContext context,
      @Advice.Argument(2) @Nullable List<?> decoded) {
    if (context == null || decoded == null || !(decoder instanceof HttpRequestDecoder)) {
      return;
    }
    Connection connection = Connection.known(decoder);
    if (connection == null || decoded.isEmpty()) {
      return;
    }
    if (decoded.get(0) instanceof HttpRequest head) {
      connection.head(new NettyRequest(head, context.channel().remoteAddress()));
    }
    if (decoded.get(decoded.size() - 1) instanceof LastHttpContent) {
      connection.last();
    }
  }
}
