package io.costattr.export.otel;

import java.util.List;

/** Keeps nothing: what the queue has no room for is lost. */
final class NoStore<T> implements Store<T> {

  @Override
  public void start(Runnable kept, Runnable ready) {}

  @Override
  public void keep(T item) {}

  @Override
  public boolean release(T item) {
    return false;
  }

  @Override
  public void forget(List<T> items) {}

  @Override
  public void resume() {}

  @Override
  public void pause() {}

  @Override
  public boolean isCatchingUp() {
    return false;
  }

  @Override
  public boolean isKeeping() {
    return false;
  }

  @Override
  public List<T> next() {
    return List.of();
  }

  @Override
  public int close(List<T> left, long nanos) {
    return 0;
  }
}
