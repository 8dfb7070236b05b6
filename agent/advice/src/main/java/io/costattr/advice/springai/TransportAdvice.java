package io.costattr.advice.springai;

import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;

/**
 * At {@code SpringAiOpenAiHttpClient}, which Spring AI 2 gives to openai-java as its transport: the
 * call that openai-java has captured is Spring AI's. (The methods above it run tools and
 * interceptors, whose calls are their own.)
 */
public final class TransportAdvice {
  private static final String SDK = "openai-java";

  private TransportAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter() {
    Call call = Call.current();
    if (call != null && call.client().startsWith(SDK)) {
      call.madeBy(SpringAi.CLIENT);
    }
  }
}
