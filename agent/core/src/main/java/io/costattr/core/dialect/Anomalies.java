package io.costattr.core.dialect;

import io.costattr.core.Log;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What providers said that cannot be: counted, and named once per model. Thread-safe. */
public final class Anomalies {
  private static final int MOST_OF_A_NAME = 100;
  private static final LongAdder COUNT = new LongAdder();

  private Anomalies() {}

  /** How many responses were not as they must be. */
  public static long count() {
    return COUNT.sum();
  }

  private static String cut(String name) {
    return name.length() <= MOST_OF_A_NAME ? name : name.substring(0, MOST_OF_A_NAME) + "...";
  }

  static void report(Anomaly anomaly, String provider, @Nullable String model) {
    COUNT.increment();
    String of = (model == null ? "a model" : cut(model)) + " at " + provider;
    Log.warnOnce(
        "anomaly:" + anomaly + provider + ":" + model,
        switch (anomaly) {
          case UNPRICEABLE_PART ->
              "usage of " + of + " has a part that no rate is for; such calls are unpriced";
          case IMPOSSIBLE_USAGE -> "usage of " + of + " is cut or impossible; it is not believed";
          case IMPOSSIBLE_CHARGE ->
              "the charge for " + of + " is no amount of money; it is not believed";
          case CONTRADICTORY_USAGE ->
              "usage of "
                  + of
                  + " does not add up; its parts are taken as reported, none below zero";
          case UNREADABLE_NAME ->
              "a name in a response of " + of + " has control characters or is too long";
        });
  }
}
