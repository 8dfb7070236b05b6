package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.ObservedBody;
import net.bytebuddy.asm.Advice;

/** At the {@code write} of a single byte of the stream that a request's body is streamed to. */
public final class WriteByteAdvice {
  private WriteByteAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("this$0") Object connection, @Advice.Argument(0) int single) {
    ObservedBody body = WriteAdvice.body(connection);
    if (body != null) {
      body.accept(new byte[] {(byte) single}, 0, 1);
    }
  }
}
