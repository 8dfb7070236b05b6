package io.costattr.advice.jetty;

import io.costattr.core.Log;
import io.costattr.core.exchange.Denial;
import java.io.EOFException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the provider's place: the client's own exchange is told that its request was sent
 * and its response received, and the client's own notifiers tell the application, on a thread of
 * the client's.
 */
final class Answer implements Runnable {
  private final Object exchange;
  private final Denial denial;

  private Answer(Object exchange, Denial denial) {
    this.exchange = exchange;
    this.denial = denial;
  }

  /**
   * @param exchange the library's, which has no connection
   */
  static void give(Object exchange, Denial denial) throws Throwable {
    Executor executor = Steps.client(exchange).getExecutor();
    executor.execute(new Answer(exchange, denial));
  }

  @Override
  public void run() {
    try {
      // Whoever has aborted it meanwhile was first.
      if (Steps.requestComplete(exchange)) {
        Steps.terminateRequest(exchange);
        leaveBody(Steps.body(Messages.request(exchange)));
        answer();
      }
    } catch (Throwable fault) {
      Log.fault("answering a call of Jetty's client", fault);
    }
  }

  /** Whoever is still writing it is told that nobody reads; what can be sent again stays. */
  private static void leaveBody(@Nullable Object body) throws Throwable {
    if (body != null && !Bodies.isReadable(body)) {
      Steps.fail(body, new EOFException("answered before the request was sent"));
    }
  }

  private void answer() throws Throwable {
    Object response = Messages.response(exchange);
    Steps.head(response, Steps.version(exchange));
    if (Messages.IS_LATER) {
      LaterAnswer.tell(exchange, response, denial);
      return;
    }
    for (Denial.Header header : denial.headers()) {
      Steps.addHeader(response, Steps.field(header));
    }
    if (Steps.responseComplete(exchange)) {
      Steps.terminateResponse(exchange);
      Steps.forward(exchange, response, denial.body(), denial.contentType());
    }
  }
}
