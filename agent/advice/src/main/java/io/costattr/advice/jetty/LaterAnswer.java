package io.costattr.advice.jetty;

import io.costattr.core.Log;
import io.costattr.core.exchange.Denial;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.client.transport.ResponseListeners;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is told from 12.0 on: the body is a source, first all of it and then its end, and
 * the response has come to its end when the application has read that.
 */
final class LaterAnswer implements Content.Source {
  private final HttpExchange exchange;
  private final ResponseListeners listeners;
  private final Executor executor;
  private final byte[] body;

  // What follows is guarded by this.
  private boolean begun;
  private boolean telling = true;
  private boolean ended;
  private @Nullable Throwable failure;

  private LaterAnswer(HttpExchange exchange, Denial denial) {
    this.exchange = exchange;
    this.listeners = exchange.getConversation().getResponseListeners();
    this.executor = exchange.getHttpDestination().getHttpClient().getExecutor();
    this.body = denial.body();
  }

  static void tell(Object sent, Object head, Denial denial) {
    HttpExchange exchange = (HttpExchange) sent;
    HttpResponse response = (HttpResponse) head;
    LaterAnswer answer = new LaterAnswer(exchange, denial);
    answer.listeners.notifyBegin(response);
    for (Denial.Header header : denial.headers()) {
      HttpField field = Steps.field(header);
      if (answer.listeners.notifyHeader(response, field)) {
        response.addHeader(field);
      }
    }
    answer.listeners.notifyHeaders(response);
    if (answer.listeners.hasContentSourceListeners()) {
      answer.listeners.notifyContentSource(response, answer);
    } else {
      answer.end(null);
    }
    answer.told();
  }

  /** What was read to its end while it was told is complete now; the rest when it is read. */
  private void told() {
    synchronized (this) {
      telling = false;
      if (!ended) {
        return;
      }
    }
    complete();
  }

  private void end(@Nullable Throwable cause) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      failure = cause;
      if (telling) {
        return;
      }
    }
    // Behind what whoever reads is about to do.
    run(this::complete);
  }

  private void complete() {
    Throwable cause;
    synchronized (this) {
      cause = failure;
    }
    if (!exchange.responseComplete(cause)) {
      return;
    }
    Response response = exchange.getResponse();
    if (cause == null) {
      listeners.notifySuccess(response);
    } else {
      listeners.notifyFailure(response, cause);
    }
    Result result = exchange.terminateResponse();
    if (result != null) {
      listeners.notifyComplete(result);
    }
  }

  private void run(Runnable step) {
    try {
      executor.execute(step);
    } catch (RejectedExecutionException stopped) {
      Log.debug("Jetty's client has stopped: " + stopped);
    }
  }

  @Override
  public long getLength() {
    return body.length;
  }

  @Override
  public Content.Chunk read() {
    synchronized (this) {
      if (failure != null) {
        return Content.Chunk.from(failure);
      }
      if (!begun) {
        begun = true;
        return Content.Chunk.from(ByteBuffer.wrap(body).asReadOnlyBuffer(), false);
      }
    }
    end(null);
    return Content.Chunk.EOF;
  }

  @Override
  public void demand(Runnable demandCallback) {
    run(demandCallback);
  }

  @Override
  public void fail(Throwable cause) {
    end(cause);
  }
}
