package io.costattr.advice.okhttp;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * At {@code writeRequestHeaders} of both codecs, which write a request's head to the connection:
 * below every interceptor and listener, none of which sees another request than its own.
 */
public final class BaggageAdvice {
  private BaggageAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) Request request) {
    if (!OutgoingBaggage.isOn()) {
      return null;
    }
    HttpUrl url = request.url();
    Addition addition = OutgoingBaggage.sending(url.host(), url.port());
    String whole = addition == null ? null : addition.to(request.headers(Addition.HEADER));
    return whole == null ? null : request.newBuilder().header(Addition.HEADER, whole).build();
  }
}
