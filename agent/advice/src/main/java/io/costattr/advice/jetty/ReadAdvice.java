package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpReceiver.ContentSource.read} from 12.0 on, from which the application reads, or
 * what decodes for it.
 */
public final class ReadAdvice {
  private ReadAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("this$0") Object receiver, @Advice.Return Content.@Nullable Chunk chunk) {
    if (chunk == null || !chunk.hasRemaining()) {
      return;
    }
    Exchange exchange = Exchange.carriedBy(receiver);
    ObservedBody body = exchange == null ? null : exchange.observedResponse();
    if (body != null) {
      body.accept(chunk.getByteBuffer());
    }
  }
}
