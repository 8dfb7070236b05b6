package io.costattr.advice.rxjava;

import io.costattr.core.carry.Subscribed;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A subscriber of a Flowable, with what was in force where it subscribed. */
final class InForceSubscriber<T> implements FlowableSubscriber<T> {
  private final Subscriber<? super T> actual;
  private final Subscribed subscribed = new Subscribed();

  InForceSubscriber(Subscriber<? super T> actual) {
    this.actual = actual;
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
}
