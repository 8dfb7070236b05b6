package io.costattr.advice.apache5;

import io.costattr.core.Log;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/** Whom the chain tells of an attempt's answer, and how it ends. */
final class ObservedCallback implements AsyncExecCallback {
  private final AsyncExecCallback callback;
  private final Exchange exchange;
  private final CancellableDependency future;

  /**
   * @param future what the application cancels
   */
  ObservedCallback(AsyncExecCallback callback, Exchange exchange, CancellableDependency future) {
    this.callback = callback;
    this.exchange = exchange;
    this.future = future;
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails details) throws HttpException, IOException {
    ObservedBody body = observe(response);
    AsyncDataConsumer consumer = callback.handleResponse(response, details);
    if (details == null) {
      exchange.completed();
      return consumer;
    }
    if (body == null || consumer == null) {
      return consumer;
    }
    ObservedConsumer observed = new ObservedConsumer(consumer, body);
    exchange.watch(observed);
    return observed;
  }

  private @Nullable ObservedBody observe(HttpResponse response) {
    try {
      return exchange.response(response.getCode(), Apache5.headers(response));
    } catch (Throwable fault) {
      Log.fault("reading a response of Apache HttpClient 5", fault);
      exchange.unreadable();
      return null;
    }
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    callback.handleInformationResponse(response);
  }

  @Override
  public void completed() {
    exchange.completed();
    callback.completed();
  }

  @Override
  public void failed(Exception cause) {
    broken(cause);
    callback.failed(cause);
  }

  /** A cancelled attempt looks like any broken connection here. */
  void broken(Throwable cause) {
    if (future.isCancelled()) {
      exchange.cancelled(cause, 0);
    } else {
      exchange.failed(cause);
    }
  }
}
