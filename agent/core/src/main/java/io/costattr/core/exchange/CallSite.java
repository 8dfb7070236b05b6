package io.costattr.core.exchange;

import java.lang.StackWalker.StackFrame;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the application's own frame behind a call. Costs microseconds: only asked when needed. */
final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final int DEPTH = 128;

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
    "io.opentelemetry.",
    "datadog.",
    "io.micrometer.",
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
    "com.fasterxml."
  };

  private CallSite() {}

  /**
   * {@code class.method:line} of the nearest frame that is no library's; null when there is none.
   */
  static @Nullable String nearest() {
    return WALKER.walk(CallSite::first);
  }

  private static @Nullable String first(Stream<StackFrame> frames) {
    StackFrame found = frames.limit(DEPTH).filter(CallSite::isApplication).findFirst().orElse(null);
    return found == null
        ? null
        : found.getClassName() + "." + found.getMethodName() + ":" + found.getLineNumber();
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
