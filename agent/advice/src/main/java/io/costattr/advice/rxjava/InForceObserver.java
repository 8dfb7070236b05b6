package io.costattr.advice.rxjava;

import io.costattr.core.carry.Subscribed;
import io.reactivex.rxjava3.core.Observer;
import io.reactivex.rxjava3.disposables.Disposable;

/** An observer of an Observable, with what was in force where it subscribed. */
final class InForceObserver<T> implements Observer<T> {
  private final Observer<? super T> actual;
  private final Subscribed subscribed = new Subscribed();

  InForceObserver(Observer<? super T> actual) {
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
