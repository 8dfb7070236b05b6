package io.costattr.core.exchange;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Names failures of the transport with few, stable words. */
final class Failure {
  static final String CANCELLED = "cancelled";
  static final String TIMEOUT = "timeout";

  private Failure() {}

  /** {@code timeout}, {@code cancelled}, else the class name of the exception. */
  static String code(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String name = cause.getClass().getName();
    if (cause instanceof SocketTimeoutException
        || cause instanceof TimeoutException
        || name.endsWith("TimeoutException")) {
      return TIMEOUT;
    }
    if (cause instanceof InterruptedIOException && "timeout".equals(cause.getMessage())) {
      return TIMEOUT;
    }
    boolean cancelled =
        cause instanceof CancellationException
            || cause instanceof InterruptedException
            || "Canceled".equals(cause.getMessage())
            || "Request cancelled".equals(cause.getMessage());
    return cancelled ? CANCELLED : name;
  }
}
