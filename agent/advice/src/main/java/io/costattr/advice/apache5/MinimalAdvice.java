package io.costattr.advice.apache5;

import io.costattr.advice.stream.Sending;
import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * At {@code MinimalHttpClient.doExecute}, which has no chain: one attempt. One that is denied gets
 * a connection, and {@link AnswerAdvice} answers in its place.
 */
public final class MinimalAdvice {
  private MinimalAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable HttpHost target,
      @Advice.Argument(1) @Nullable ClassicHttpRequest request) {
    if (request == null) {
      return null;
    }
    Rejection rejection = Apache5.rejection(target, request, null);
    if (rejection != null) {
      return rejection.thrown();
    }
    Exchange exchange = Apache5.open(target, request, null);
    if (exchange != null && !(exchange.objection(Bodies.preview(request)) instanceof Denial)) {
      exchange.requestEncoding(Apache5.encoding(request, request.getEntity()));
    }
    return AddedBaggage.put(request, target, null, Sending.enter(exchange, Apache5.SUBJECT));
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Return @Nullable ClassicHttpResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    ObservedEntity.put(Sending.leave(AddedBaggage.undo(entered)), response, thrown);
  }
}
