package io.costattr.advice.reactor;

import io.costattr.core.carry.Subscribed;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.util.context.Context;

/** A subscriber, with what was in force where it subscribed. */
final class InForceSubscriber<T> implements CoreSubscriber<T>, Scannable {
  private final CoreSubscriber<? super T> actual;
  private final Subscribed subscribed = new Subscribed();

  InForceSubscriber(CoreSubscriber<? super T> actual) {
    this.actual = actual;
  }

  @Override
  public Context currentContext() {
    return actual.currentContext();
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    Object entered = subscribed.before();
    try {
      actual.onSubscribe(upstream);
    } finally {
      subscribed.after(entered);
    }
  }

  @Override
  public void onNext(T item) {
    Object entered = subscribed.before();
    try {
      actual.onNext(item);
    } finally {
      subscribed.after(entered);
    }
  }

  @Override
  public void onError(Throwable failure) {
    Object entered = subscribed.before();
    try {
      actual.onError(failure);
    } finally {
      subscribed.after(entered);
    }
  }

  @Override
  public void onComplete() {
    Object entered = subscribed.before();
    try {
      actual.onComplete();
    } finally {
      subscribed.after(entered);
    }
  }

  @SuppressWarnings("rawtypes") // As it is declared.
  @Override
  public @Nullable Object scanUnsafe(Attr key) {
    return key == Attr.ACTUAL ? actual : null;
  }
}
