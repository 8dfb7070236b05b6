package io.costattr.core.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes where it is told. */
final class MovableClock implements InstantSource {
  private volatile Instant now;

  MovableClock(String now) {
    this.now = Instant.parse(now);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void to(String then) {
    now = Instant.parse(then);
  }

  void plus(Duration duration) {
    now = now.plus(duration);
  }
}
