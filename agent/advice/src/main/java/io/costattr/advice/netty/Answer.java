package io.costattr.advice.netty;

import io.costattr.core.exchange.Denial;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** An answer in the provider's place, in the pieces in which Netty's decoder gives a response. */
final class Answer {
  private Answer() {}

  /** Gives it to the handlers behind that one, when those have done what they are about to do. */
  static void give(ChannelHandlerContext context, Denial denial) {
    context
        .executor()
        .execute(
            () -> {
              context.fireChannelRead(head(denial));
              context.fireChannelRead(
                  new DefaultLastHttpContent(Unpooled.copiedBuffer(denial.body())));
              context.fireChannelReadComplete();
            });
  }

  private static HttpResponse head(Denial denial) {
    HttpResponse head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, new HttpResponseStatus(Denial.STATUS, Denial.REASON));
    for (Denial.Header header : denial.headers()) {
      head.headers().add(header.name(), header.value());
    }
    return head;
  }
}
