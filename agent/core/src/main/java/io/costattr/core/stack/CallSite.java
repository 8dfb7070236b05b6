package io.costattr.core.stack;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the application's own frames behind a call. Costs microseconds: only asked when needed. */
public final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final int DEPTH = 128;

  /** A job's own frame is at the other end of the stack. */
  private static final int DEPTH_OF_JOBS = 2_048;

  /** Those that begin a job on a thread, whose frames are behind the job's own. */
  private static final Set<String> SCHEDULERS =
      Set.of(
          "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask",
          "java.util.concurrent.DelayScheduler$ScheduledForkJoinTask",
          "java.util.TimerThread",
          "org.springframework.scheduling.support.ScheduledMethodRunnable",
          "org.quartz.core.JobRunShell");

  private static final String[] LIBRARIES = {
    "io.costattr.core.",
    "io.costattr.advice.",
    "io.costattr.api.",
    "io.costattr.weaving.",
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "kotlin.",
    "kotlinx.",
    "com.openai.",
    "okhttp3.",
    "okio.",
    "org.apache.hc.",
    "org.apache.http.",
    "org.eclipse.jetty.",
    "io.vertx.",
    "org.asynchttpclient.",
    "retrofit2.",
    "feign.",
    "org.springframework.",
    "reactor.",
    "io.netty.",
    "dev.langchain4j.",
    "com.azure.",
    "io.reactivex.",
    "com.fasterxml.",
    "com.google.common.",
    "io.github.resilience4j.",
    "io.micrometer.",
    "io.micronaut.",
    "io.opentelemetry.",
    "io.quarkus.",
    "datadog.",
    "jakarta.",
    "org.apache.catalina.",
    "org.apache.coyote.",
    "org.apache.tomcat.",
    "org.quartz."
  };

  private CallSite() {}

  /**
   * {@code class.method:line} of the nearest frame that is no library's; null when there is none.
   */
  public static @Nullable String nearest() {
    StackFrame found = WALKER.walk(CallSite::first);
    return found == null
        ? null
        : found.getClassName() + "." + found.getMethodName() + ":" + found.getLineNumber();
  }

  /** {@code class.method} of that frame; that of a lambda is the method it is written in. */
  public static @Nullable String caller() {
    return method(WALKER.walk(CallSite::first));
  }

  /**
   * {@code class.method} of the job within which the call is made, that a scheduler of the JDK's,
   * of Spring's or of Quartz has begun on this thread; null when it has begun none.
   */
  public static @Nullable String job() {
    return method(WALKER.walk(CallSite::firstOfJob));
  }

  private static @Nullable StackFrame first(Stream<StackFrame> frames) {
    return frames.limit(DEPTH).filter(CallSite::isApplication).findFirst().orElse(null);
  }

  /** The application's frame that is nearest to the scheduler. */
  private static @Nullable StackFrame firstOfJob(Stream<StackFrame> frames) {
    StackFrame nearest = null;
    Iterator<StackFrame> all = frames.limit(DEPTH_OF_JOBS).iterator();
    while (all.hasNext()) {
      StackFrame frame = all.next();
      if (SCHEDULERS.contains(frame.getClassName())) {
        return nearest;
      }
      if (isApplication(frame)) {
        nearest = frame;
      }
    }
    return null;
  }

  private static @Nullable String method(@Nullable StackFrame frame) {
    if (frame == null) {
      return null;
    }
    String name = frame.getMethodName();
    if (name.startsWith("lambda$")) {
      int end = name.indexOf('$', "lambda$".length());
      name = end < 0 ? name : name.substring("lambda$".length(), end);
    }
    return frame.getClassName() + "." + name;
  }

  private static boolean isApplication(StackFrame frame) {
    String name = frame.getClassName();
    for (String library : LIBRARIES) {
      if (name.startsWith(library)) {
        return false;
      }
    }
    return true;
  }
}
