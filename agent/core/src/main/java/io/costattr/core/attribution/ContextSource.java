package io.costattr.core.attribution;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the application keeps on the current thread: one for every copy of a class that holds
 * context. Called on the application's thread, at the call; must be quick; may throw, which counts
 * as nothing said.
 */
public interface ContextSource {

  /**
   * The attribution in force on this thread; null or {@link Attribution#NONE} when there is none.
   */
  default @Nullable Attribution attribution() {
    return null;
  }

  /** What the baggage of this thread says; null when there is none. */
  default @Nullable Attribution baggage() {
    return null;
  }

  /**
   * The exception by which this copy of the API says that a call was refused; null when this is no
   * copy of the API, or one that has no such exception.
   */
  default @Nullable RuntimeException missing(String message, Set<String> dimensions) {
    return null;
  }

  /** What the application's logging has for that key on this thread; null when nothing. */
  default @Nullable String mdc(String key) {
    return null;
  }

  /** Whom a framework has authenticated on this thread, by its own object; null for nobody. */
  default @Nullable Object principal() {
    return null;
  }

  /** The request that a server's own context of this thread is of; null when it is of none. */
  default @Nullable Served served() {
    return null;
  }

  /** The application's valid current span; null when there is none. */
  default @Nullable HostSpan span() {
    return null;
  }

  /**
   * The model call that the application's own telemetry observes on this thread; null when it
   * observes none.
   *
   * @param carried what is known to hold the application's context in place of this thread, or null
   */
  default @Nullable HostCall call(@Nullable Object carried) {
    return null;
  }
}
