package io.costattr.core.attribution;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A call that the policy refuses, before anything of it was sent, because nobody said who pays for
 * it. Immutable.
 */
public final class Rejection {
  private static final String API_EXCEPTION = "io.costattr.api.MissingAttributionException";

  private final Set<String> dimensions;
  private final String message;
  private final @Nullable RuntimeException sdk;

  /**
   * @param missing what the call lacks
   * @param callSite {@code class.method:line} of the nearest frame of the application, or null
   */
  public Rejection(Set<Dimension> missing, @Nullable String callSite) {
    dimensions = new TreeSet<>();
    for (Dimension dimension : missing) {
      dimensions.add(dimension.id());
    }
    message =
        "costattr refuses a model call without "
            + String.join(", ", dimensions)
            + (callSite == null ? "" : " from " + callSite)
            + ": set it with AttributionContext.with(...) (costattr.policy.*); nothing was sent";
    sdk = null;
  }

  private Rejection(Rejection like, RuntimeException sdk) {
    dimensions = like.dimensions;
    message = like.message;
    this.sdk = sdk;
  }

  /** This, of a call that is made through an SDK that would say it so. */
  public Rejection saidBy(RuntimeException exception) {
    return new Rejection(this, exception);
  }

  /** The exception of the SDK's own family through which the call is made; null without one. */
  public @Nullable RuntimeException sdk() {
    return sdk;
  }

  /** What a user reads. */
  public String message() {
    return message;
  }

  /**
   * The exception of the API's own type, {@code MissingAttributionException}; where the application
   * has no copy of the API, an {@link IllegalStateException} that says the same.
   */
  public RuntimeException exception() {
    RuntimeException ofContext =
        ofApi(Thread.currentThread().getContextClassLoader(), message, dimensions);
    if (ofContext != null) {
      return ofContext;
    }
    RuntimeException ofCopy = ContextSources.missing(message, dimensions);
    return ofCopy != null ? ofCopy : new IllegalStateException(message);
  }

  /** What a blocking method of an HTTP client throws: the SDK's exception, else one of its own. */
  public Exception thrown() {
    return sdk != null ? sdk : new IOException(message, exception());
  }

  /** The exception of the API's that this loader sees; null when it sees none. */
  private static @Nullable RuntimeException ofApi(
      @Nullable ClassLoader loader, String message, Set<String> dimensions) {
    try {
      return Class.forName(API_EXCEPTION, true, loader)
          .asSubclass(RuntimeException.class)
          .getConstructor(String.class, Set.class)
          .newInstance(message, dimensions);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException absent) {
      return null;
    }
  }
}
