package io.costattr.advice.rxjava;

import io.costattr.core.carry.Subscribed;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;

/** An observer of a Single, with what was in force where it subscribed. */
final class InForceSingleObserver<T> implements SingleObserver<T> {
  private final SingleObserver<? super T> actual;
  private final Subscribed subscribed = new Subscribed();

  InForceSingleObserver(SingleObserver<? super T> actual) {
    this.actual = actual;
  }

  @Override
  public void onSubscribe(Disposable upstream) {
    Object entered = subscribed.before();
    try {
      actual.onSubscribe(upstream);
    } finally {
      subscribed.after(entered);
    }
  }

  @Override
  public void onSuccess(T value) {
    Object entered = subscribed.before();
    try {
      actual.onSuccess(value);
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
}
