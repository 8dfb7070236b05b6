package io.costattr.advice.apache4;

import io.costattr.core.exchange.AnswerThreads;
import io.costattr.core.exchange.Denial;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.entity.BasicHttpEntity;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;

/**
 * Gives an answer to the client's own handler of an exchange, as a connection would: the head, then
 * the body when the application takes it, then the end.
 */
final class AsyncAnswer<T> implements Runnable, ContentDecoder, IOControl {
  private final Denial denial;
  private final HttpAsyncClientExchangeHandler handler;
  private final HttpAsyncResponseConsumer<T> consumer;
  private final BasicFuture<T> future;
  private final HttpContext context;
  private final ByteBuffer body;
  private boolean begun;
  private boolean completed;

  // What follows is guarded by this.
  private boolean suspended;
  private boolean waiting;

  AsyncAnswer(
      Denial denial,
      HttpAsyncClientExchangeHandler handler,
      HttpAsyncResponseConsumer<T> consumer,
      BasicFuture<T> future,
      HttpContext context) {
    this.denial = denial;
    this.handler = handler;
    this.consumer = consumer;
    this.future = future;
    this.context = context;
    this.body = ByteBuffer.wrap(denial.body()).asReadOnlyBuffer();
  }

  @Override
  public void run() {
    try {
      give();
    } catch (IOException | HttpException | RuntimeException failure) {
      handler.failed(failure);
    }
  }

  private void give() throws IOException, HttpException {
    if (!begun) {
      begun = true;
      handler.responseReceived(head());
    }
    while (!completed && !future.isDone()) {
      int before = body.remaining();
      handler.consumeContent(this, this);
      if (completed || waits()) {
        break;
      }
      if (body.remaining() == before) {
        // It is asked again, as by a connection on which something lies, but others come first.
        AnswerThreads.run(this);
        return;
      }
    }
    if (completed && !future.isDone()) {
      end();
    }
  }

  private HttpResponse head() {
    BasicHttpResponse response =
        new BasicHttpResponse(HttpVersion.HTTP_1_1, Denial.STATUS, Denial.REASON);
    for (Denial.Header header : denial.headers()) {
      response.addHeader(header.name(), header.value());
    }
    BasicHttpEntity entity = new BasicHttpEntity();
    entity.setContentLength(denial.body().length);
    entity.setContentType(response.getFirstHeader("content-type"));
    response.setEntity(entity);
    return response;
  }

  /** As the handler itself does it, which would look for its connection. */
  private void end() {
    try {
      consumer.responseCompleted(context);
      Exception failure = consumer.getException();
      if (failure == null) {
        future.completed(consumer.getResult());
      } else {
        future.failed(failure);
      }
    } finally {
      try {
        handler.close();
      } catch (IOException unclosed) {
        // It has told its log.
      }
    }
  }

  private synchronized boolean waits() {
    waiting = suspended;
    return suspended;
  }

  @Override
  public int read(ByteBuffer target) {
    if (completed) {
      return -1;
    }
    int count = Math.min(target.remaining(), body.remaining());
    for (int i = 0; i < count; i++) {
      target.put(body.get());
    }
    completed = !body.hasRemaining();
    return count;
  }

  @Override
  public boolean isCompleted() {
    return completed;
  }

  @Override
  public synchronized void suspendInput() {
    suspended = true;
  }

  @Override
  public void requestInput() {
    synchronized (this) {
      suspended = false;
      if (!waiting) {
        return;
      }
      waiting = false;
    }
    AnswerThreads.run(this);
  }

  @Override
  public void requestOutput() {}

  @Override
  public void suspendOutput() {}

  @Override
  public void shutdown() {
    future.cancel();
  }
}
