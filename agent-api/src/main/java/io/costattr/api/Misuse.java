package io.costattr.api;

import java.util.concurrent.atomic.AtomicBoolean;

/** A mistake with scopes, said once each through the platform's logging, with where it was made. */
enum Misuse {
  CLOSED_OUT_OF_ORDER("an attribution scope was closed before a scope opened inside it"),
  CLOSED_ON_ANOTHER_THREAD("an attribution scope was closed on a thread that did not open it");

  private final String message;
  private final AtomicBoolean said = new AtomicBoolean();

  Misuse(String message) {
    this.message = message;
  }

  void report() {
    if (said.compareAndSet(false, true)) {
      try {
        System.getLogger("io.costattr.api")
            .log(
                System.Logger.Level.WARNING,
                message + "; it ended all the same (said once)",
                new Throwable("closed here"));
      } catch (RuntimeException e) {
        // A logging back end that fails must not turn a harmless mistake into a failure.
        said.set(true);
      }
    }
  }
}
