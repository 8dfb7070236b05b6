package io.costattr.advice.jetty;

import io.costattr.core.baggage.OutgoingBaggage;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code sendHeaders} of the sender over HTTP/1.1: as {@link HeadSentAdvice}, and what is to be
 * added to the head travels with what writes it, until this connection sends another.
 */
public final class HeadWrittenAdvice {
  private HeadWrittenAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object sender,
      @Advice.Argument(0) Object sent,
      @Advice.Argument(1) @Nullable ByteBuffer piece,
      @Advice.Argument(2) boolean last)
      throws Throwable {
    HeadSentAdvice.enter(sent, piece, last);
    if (OutgoingBaggage.isOn()) {
      OutgoingBaggage.carry(OutgoingBaggage.carriedBy(sent), Generators.of(sender));
    }
  }
}
