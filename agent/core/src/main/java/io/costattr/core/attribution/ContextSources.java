package io.costattr.core.attribution;

import io.costattr.core.Log;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The places in this JVM where an application may keep context, in the order in which they are
 * asked. Usually one; several web applications have one each, and the thread tells which holds
 * something. Thread-safe.
 */
public final class ContextSources {
  private static final CopyOnWriteArrayList<ContextSource> SOURCES = new CopyOnWriteArrayList<>();

  private ContextSources() {}

  public static void add(ContextSource source) {
    SOURCES.add(source);
  }

  public static void remove(ContextSource source) {
    SOURCES.remove(source);
  }

  /**
   * What the application said on this thread; {@link Attribution#NONE} when nothing. Never throws.
   */
  public static Attribution attribution() {
    for (ContextSource source : SOURCES) {
      try {
        Attribution attribution = source.attribution();
        if (attribution != null && !attribution.equals(Attribution.NONE)) {
          return attribution;
        }
      } catch (Throwable fault) {
        Log.fault("reading attribution", fault);
      }
    }
    return Attribution.NONE;
  }

  /** The application's current span on this thread, or null. Never throws. */
  public static @Nullable HostSpan span() {
    for (ContextSource source : SOURCES) {
      try {
        HostSpan span = source.span();
        if (span != null) {
          return span;
        }
      } catch (Throwable fault) {
        Log.fault("reading the current span", fault);
      }
    }
    return null;
  }
}
