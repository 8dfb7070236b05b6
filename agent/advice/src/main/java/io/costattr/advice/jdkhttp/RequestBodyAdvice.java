package io.costattr.advice.jdkhttp;

import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Exchange;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At the constructor by which {@code HttpClientImpl.sendAsync} copies the application's request:
 * replaces the copy's publisher, so that the application's own request stays what it is, and keeps
 * what {@link BaggageAdvice} will add to its head, for who makes it is known on this thread only.
 */
public final class RequestBodyAdvice {
  private RequestBodyAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToFields(
      @Advice.AssignReturned.ToFields.ToField(
          value = "requestPublisher",
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object exit(
      @Advice.This Object copy,
      @Advice.Argument(0) HttpRequest request,
      @Advice.FieldValue("requestPublisher") @Nullable BodyPublisher publisher) {
    if (OutgoingBaggage.isOn()) {
      BaggageAdvice.keep(copy, request.uri());
    }
    if (publisher == null) {
      return null;
    }
    Exchange exchange = Exchange.current(request);
    if (exchange == null) {
      return null;
    }
    BodyPublisher asking = AskingBody.of(request, publisher, exchange);
    return new ObservedPublisher(
        publisher,
        asking == null ? publisher : asking,
        exchange,
        request.headers().firstValue("Content-Encoding").orElse(null));
  }
}
