package io.costattr.advice.apache4;

import net.bytebuddy.asm.Advice;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * At {@code DefaultClientExchangeHandlerImpl.generateRequest}, by which a connection asks for what
 * it is to send: one attempt, below redirects and answers to challenges.
 */
public final class AsyncSendAdvice {
  private AsyncSendAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("requestProducer") Object producer,
      @Advice.Return @Nullable HttpRequest request) {
    if (producer instanceof ObservedProducer observed && request != null) {
      observed.call().sends(request);
      observed.call().addBaggage(request);
    }
  }
}
