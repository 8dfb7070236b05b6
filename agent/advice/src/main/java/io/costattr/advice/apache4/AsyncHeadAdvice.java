package io.costattr.advice.apache4;

import net.bytebuddy.asm.Advice;
import org.apache.http.HttpResponse;

/**
 * At {@code DefaultClientExchangeHandlerImpl.responseReceived}: of the answers only the last is for
 * the application's consumer.
 */
public final class AsyncHeadAdvice {
  private AsyncHeadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("requestProducer") Object producer,
      @Advice.Argument(0) HttpResponse response) {
    if (producer instanceof ObservedProducer observed) {
      observed.call().receives(response);
    }
  }
}
