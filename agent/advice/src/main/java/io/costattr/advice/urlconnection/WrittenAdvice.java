package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.ObservedBody;
import net.bytebuddy.asm.Advice;

/** At {@code close} of the stream that a request's body is streamed to. */
public final class WrittenAdvice {
  private WrittenAdvice() {}

  /**
   * @param error whether less was written than was announced, of which only the first close
   *     complains
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("this$0") Object connection, @Advice.FieldValue("error") boolean error) {
    ObservedBody body = error ? null : WriteAdvice.body(connection);
    if (body != null) {
      body.ended();
    }
  }
}
