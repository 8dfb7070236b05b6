package io.costattr.core.exchange;

import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Host;
import org.jspecify.annotations.Nullable;

/**
 * A library that stands on an HTTP client or on another SDK, while a method of it runs on this
 * thread: what is called below is its call, under its name. The outermost one counts. Costs two
 * accesses to a thread local and a look at the current span, which a span of the HTTP client's
 * hides further down; who pays is captured when an attempt below asks for it. Used by one thread.
 */
public final class Layer {
  private static final ThreadLocal<@Nullable Layer> CURRENT = new ThreadLocal<>();

  private final String client;
  private final boolean once;
  private final Host host;
  private final @Nullable Layer outer;
  private @Nullable Call call;
  private boolean taken;

  private Layer(String client, boolean once, Host host, @Nullable Layer outer) {
    this.client = client;
    this.once = once;
    this.host = host;
    this.outer = outer;
  }

  /**
   * Begins: until {@link #leave}, all attempts on this thread are one call of that library's.
   *
   * @param client the library, with its version where known
   * @return what to hand to {@link #leave}; null when a library above it has begun before
   */
  public static @Nullable Layer enter(String client) {
    return enter(client, false, null);
  }

  /**
   * As {@link #enter(String)}, where the application's own code may run on this thread before the
   * method returns: only the first attempt, or what carries it to another thread, is the library's.
   */
  public static @Nullable Layer enterOnce(String client) {
    return enterOnce(client, null);
  }

  /**
   * As {@link #enterOnce(String)}.
   *
   * @param carried what is known to hold the application's context in place of this thread, or null
   */
  public static @Nullable Layer enterOnce(String client, @Nullable Object carried) {
    return enter(client, true, carried);
  }

  private static @Nullable Layer enter(String client, boolean once, @Nullable Object carried) {
    Layer outer = CURRENT.get();
    if (outer != null && !outer.isOver()) {
      return null;
    }
    Layer layer = new Layer(client, once, ContextSources.host(carried), outer);
    CURRENT.set(layer);
    return layer;
  }

  /** Undoes what returned {@code entered}, which may be null. */
  public static void leave(@Nullable Object entered) {
    if (entered instanceof Layer layer) {
      // Not removed: the thread's entry for it is made again at each call, which costs more.
      CURRENT.set(layer.outer);
    }
  }

  /** The call of the library whose method runs on this thread, or null. */
  static @Nullable Call call() {
    Layer layer = CURRENT.get();
    if (layer == null || layer.isOver()) {
      return null;
    }
    Call call = layer.call;
    if (call == null) {
      call = Call.capture(layer.client, layer.host);
      layer.call = call;
    }
    return call;
  }

  /**
   * That call is now known by an attempt, or by what carries it.
   *
   * @return whether it was the only one to get it
   */
  static boolean taken(Call call) {
    Layer layer = CURRENT.get();
    if (layer == null || layer.call != call) {
      return false;
    }
    layer.taken = true;
    return layer.once;
  }

  private boolean isOver() {
    return once && taken;
  }
}
