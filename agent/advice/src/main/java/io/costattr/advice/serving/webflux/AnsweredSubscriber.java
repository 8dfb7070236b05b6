package io.costattr.advice.serving.webflux;

import io.costattr.core.attribution.RoamingRequest;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.util.context.Context;

/**
 * Is told when a request has been answered. Those behind it, filters and the server, do not serve
 * the request any more, or not yet: it is not in force while they are told.
 */
final class AnsweredSubscriber<T> implements CoreSubscriber<T>, Subscription, Scannable {
  private final CoreSubscriber<? super T> actual;
  private final RoamingRequest request;
  private final Context context;
  private @Nullable Subscription upstream;

  AnsweredSubscriber(CoreSubscriber<? super T> actual, RoamingRequest request, Context context) {
    this.actual = actual;
    this.request = request;
    this.context = context;
  }

  @Override
  public Context currentContext() {
    return context;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    Object rested = request.rest();
    try {
      actual.onSubscribe(this);
    } finally {
      RoamingRequest.pause(rested);
    }
  }

  @Override
  public void onNext(T item) {
    Object rested = request.rest();
    try {
      actual.onNext(item);
    } finally {
      RoamingRequest.pause(rested);
    }
  }

  @Override
  public void onError(Throwable failure) {
    request.over();
    Object rested = request.rest();
    try {
      actual.onError(failure);
    } finally {
      RoamingRequest.pause(rested);
    }
  }

  @Override
  public void onComplete() {
    request.over();
    Object rested = request.rest();
    try {
      actual.onComplete();
    } finally {
      RoamingRequest.pause(rested);
    }
  }

  @Override
  public void request(long items) {
    Subscription subscription = upstream;
    if (subscription == null) {
      return;
    }
    Object resumed = request.resume();
    try {
      subscription.request(items);
    } finally {
      RoamingRequest.pause(resumed);
    }
  }

  @Override
  public void cancel() {
    request.over();
    Subscription subscription = upstream;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @SuppressWarnings("rawtypes") // As it is declared.
  @Override
  public @Nullable Object scanUnsafe(Attr key) {
    return key == Attr.ACTUAL ? actual : key == Attr.PARENT ? upstream : null;
  }
}
