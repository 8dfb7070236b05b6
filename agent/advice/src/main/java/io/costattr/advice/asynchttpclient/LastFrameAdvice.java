package io.costattr.advice.asynchttpclient;

import io.netty.buffer.ByteBuf;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code Http2BodyWriter.writeLastFrame}: the last piece of a request's body. */
public final class LastFrameAdvice {
  private LastFrameAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable ByteBuf piece, @Advice.FieldValue("channel") Object stream) {
    FrameAdvice.show(stream, piece, true);
  }
}
