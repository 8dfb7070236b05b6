package io.costattr.advice.rxjava;

import io.costattr.core.carry.Subscribed;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;

/** An observer of a Maybe, with what was in force where it subscribed. */
final class InForceMaybeObserver<T> implements MaybeObserver<T> {
  private final MaybeObserver<? super T> actual;
  private final Subscribed subscribed = new Subscribed();

  InForceMaybeObserver(MaybeObserver<? super T> actual) {
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
