package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quartz.impl.JobExecutionContextImpl;

/** At {@code JobRunShell.run} of Quartz, which runs one firing of a job: {@code cron:NAME}. */
public final class QuartzAdvice {
  private QuartzAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("jec") @Nullable JobExecutionContextImpl context) {
    return context != null && Served.begins(Source.JOB)
        ? new Job(context.getJobDetail().getKey().getName()).enter()
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }
}
