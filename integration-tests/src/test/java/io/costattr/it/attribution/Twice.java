package io.costattr.it.attribution;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.MissingAttributionException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Makes a call for nobody and then for a customer, and prints what came of each. */
final class Twice {
  private Twice() {}

  static void make(String who, Callable<?> call) {
    System.out.println(who + " " + outcome(call));
    Attribution payer = Attribution.builder().customerId(who).build();
    AttributionContext.run(payer, () -> System.out.println(who + "-paid " + outcome(call)));
  }

  private static String outcome(Callable<?> call) {
    try {
      return String.valueOf(call.call());
    } catch (ExecutionException failure) {
      return "failed " + name(failure.getCause());
    } catch (Exception thrown) {
      return "threw " + name(thrown);
    }
  }

  /** The kind of exception that a user would catch, and what of the agent's is behind it. */
  private static String name(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof MissingAttributionException)) {
      cause = cause.getCause();
    }
    String kind =
        failure instanceof IOException ? IOException.class.getName() : failure.getClass().getName();
    return kind
        + (cause instanceof MissingAttributionException missing
            ? " without " + String.join(",", missing.dimensions())
            : " " + failure);
  }
}
