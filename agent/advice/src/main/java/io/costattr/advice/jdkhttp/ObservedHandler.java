package io.costattr.advice.jdkhttp;

import io.costattr.core.Log;
import io.costattr.core.amend.BodyFilter;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.StreamUsage;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/** The application's body handler, whose subscriber is watched. */
final class ObservedHandler<T> implements BodyHandler<T> {
  private final BodyHandler<T> handler;
  private final Exchange exchange;
  private volatile boolean answered;
  private volatile @Nullable Throwable broken;

  ObservedHandler(BodyHandler<T> handler, Exchange exchange) {
    this.handler = handler;
    this.exchange = exchange;
  }

  Exchange exchange() {
    return exchange;
  }

  /**
   * The body broke off. Where the application still waits for the response its future tells why: a
   * cancellation looks like any broken connection here.
   */
  void brokeOff(Throwable thrown) {
    broken = thrown;
    if (answered) {
      exchange.failed(thrown);
    }
  }

  /** The future of the response is done. */
  void done(@Nullable Throwable failure) {
    answered = true;
    Throwable thrown = failure != null ? failure : broken;
    if (thrown != null) {
      exchange.failed(thrown);
    }
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    ObservedBody body = observe(info);
    BodySubscriber<T> subscriber = handler.apply(info);
    return body == null || subscriber == null
        ? subscriber
        : new ObservedSubscriber<>(filtered(subscriber, info.statusCode()), body, this);
  }

  private BodySubscriber<T> filtered(BodySubscriber<T> subscriber, int status) {
    BodyFilter filter = StreamUsage.filter(exchange, status);
    return filter == null ? subscriber : new FilteringSubscriber<>(subscriber, filter);
  }

  private @Nullable ObservedBody observe(ResponseInfo info) {
    try {
      return exchange.response(
          info.statusCode(), name -> info.headers().firstValue(name).orElse(null));
    } catch (Throwable fault) {
      Log.fault("reading a response of java.net.http", fault);
      return null;
    }
  }
}
