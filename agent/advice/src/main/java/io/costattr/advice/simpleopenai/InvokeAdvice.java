package io.costattr.advice.simpleopenai;

import io.costattr.advice.layer.Release;
import io.costattr.core.exchange.Layer;
import java.lang.reflect.Method;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpProcessor.invoke} of cleverclient, behind the interfaces of simple-openai: one
 * request that is sent, or begun, on this thread. What else stands on cleverclient is not named.
 */
public final class InvokeAdvice {
  private static final String LIBRARY = "io.github.sashirestela.openai.";
  private static final String CLIENT =
      Release.byMaven(
          "simple-openai", LIBRARY + "SimpleOpenAI", "io.github.sashirestela/simple-openai");

  private InvokeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(1) @Nullable Method method) {
    return method != null && method.getDeclaringClass().getName().startsWith(LIBRARY)
        ? Layer.enter(CLIENT)
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Layer.leave(entered);
  }
}
