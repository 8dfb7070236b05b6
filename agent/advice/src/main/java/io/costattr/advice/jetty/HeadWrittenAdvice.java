package io.costattr.advice.jetty;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code sendHeaders} of the sender over HTTP/1.1: as {@link HeadSentAdvice}, and the head is
 * written before it returns. Over HTTP/2 it may be later.
 */
public final class HeadWrittenAdvice {
  private HeadWrittenAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object sent,
      @Advice.Argument(1) @Nullable ByteBuffer piece,
      @Advice.Argument(2) boolean last)
      throws Throwable {
    HeadSentAdvice.enter(sent, piece, last);
    return AddedBaggage.put(sent);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) throws Throwable {
    if (entered instanceof AddedBaggage added) {
      added.undo();
    }
  }
}
