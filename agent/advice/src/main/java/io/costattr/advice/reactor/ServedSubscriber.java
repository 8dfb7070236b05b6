package io.costattr.advice.reactor;

import io.costattr.core.attribution.RoamingRequest;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.util.context.Context;

/** A subscriber of a chain that serves a request, which is in force whenever it is told. */
final class ServedSubscriber<T> implements CoreSubscriber<T>, Scannable {
  private final CoreSubscriber<? super T> actual;
  private final RoamingRequest request;

  ServedSubscriber(CoreSubscriber<? super T> actual, RoamingRequest request) {
    this.actual = actual;
    this.request = request;
  }

  @Override
  public Context currentContext() {
    return actual.currentContext();
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    Object resumed = request.resume();
    try {
      actual.onSubscribe(upstream);
    } finally {
      RoamingRequest.pause(resumed);
    }
  }

  @Override
  public void onNext(T item) {
    Object resumed = request.resume();
    try {
      actual.onNext(item);
    } finally {
      RoamingRequest.pause(resumed);
    }
  }

  @Override
  public void onError(Throwable failure) {
    Object resumed = request.resume();
    try {
      actual.onError(failure);
    } finally {
      RoamingRequest.pause(resumed);
    }
  }

  @Override
  public void onComplete() {
    Object resumed = request.resume();
    try {
      actual.onComplete();
    } finally {
      RoamingRequest.pause(resumed);
    }
  }

  @SuppressWarnings("rawtypes") // As it is declared.
  @Override
  public @Nullable Object scanUnsafe(Attr key) {
    return key == Attr.ACTUAL ? actual : null;
  }
}
