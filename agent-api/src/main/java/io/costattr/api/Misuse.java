package io.costattr.api;

import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mistakes with scopes, said once each through the platform's logging, with where they were made.
 */
final class Misuse {
  static final String CLOSED_OUT_OF_ORDER =
      "an attribution scope was closed before a scope opened inside it";
  static final String CLOSED_TWICE = "an attribution scope was closed twice";
  static final String CLOSED_ON_ANOTHER_THREAD =
      "an attribution scope was closed on a thread that did not open it";

  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private Misuse() {}

  static void report(String mistake) {
    if (SAID.add(mistake)) {
      try {
        System.getLogger("io.costattr.api")
            .log(
                System.Logger.Level.WARNING,
                mistake + "; it ended all the same, and nothing else was disturbed (said once)",
                new Throwable("closed here"));
      } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
        // A logging back end that fails must not turn a harmless mistake into a failure.
        SAID.remove(mistake);
      }
    }
  }
}
