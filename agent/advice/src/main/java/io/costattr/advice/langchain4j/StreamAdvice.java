package io.costattr.advice.langchain4j;

import io.costattr.core.exchange.Layer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At methods that begin a stream on this thread and return. When the response is there at once, the
 * application's handlers run here as well, and what they call is theirs.
 */
public final class StreamAdvice {
  private StreamAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return Layer.enterOnce(LangChain4j.CLIENT);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Layer.leave(entered);
  }
}
