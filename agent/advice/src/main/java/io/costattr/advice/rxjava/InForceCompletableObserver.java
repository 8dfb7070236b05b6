package io.costattr.advice.rxjava;

import io.costattr.core.carry.Subscribed;
import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.disposables.Disposable;

/** An observer of a Completable, with what was in force where it subscribed. */
final class InForceCompletableObserver implements CompletableObserver {
  private final CompletableObserver actual;
  private final Subscribed subscribed = new Subscribed();

  InForceCompletableObserver(CompletableObserver actual) {
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
