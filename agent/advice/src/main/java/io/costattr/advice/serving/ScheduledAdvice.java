package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import java.lang.reflect.Method;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ScheduledMethodRunnable.run}, by which Spring calls a {@code @Scheduled} method: {@code
 * cron:Class.method}.
 */
public final class ScheduledAdvice {
  private ScheduledAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.FieldValue("method") @Nullable Method method) {
    return method != null && Served.begins(Source.JOB)
        ? new Job(method.getDeclaringClass().getSimpleName() + "." + method.getName()).enter()
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }
}
