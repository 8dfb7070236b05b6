package io.costattr.core.attribution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is served by whichever thread has something to do for it, as reactive servers do.
 * The library keeps it with its own context of the request; where that context is at work, it is in
 * force on the thread, and work that is handed to another thread has it as it is. May be asked on
 * any thread: once the request is over it knows its route and nothing else, since a server may have
 * the request's objects in use for another one by then.
 */
public abstract class RoamingRequest extends Served {
  /** Under which a library's context has it that knows its entries by keys. */
  public static final String KEY = "costattr.request";

  /** What {@link #resume} returns when it was in force already. */
  private static final Object UNCHANGED = new Object();

  /** What it returns when nothing was in force. */
  private static final Object NOTHING = new Object();

  private static volatile boolean any;

  private volatile boolean over;

  protected RoamingRequest() {
    super(Source.ROUTE);
    begun();
  }

  private static void begun() {
    if (!any) {
      any = true;
    }
  }

  /** Whether there has been one. */
  public static boolean isAny() {
    return any;
  }

  /**
   * It is in force on this thread until {@link #pause}, in the place of whatever was. Once it is
   * over it is not: what it has begun may go on for others, as a source that all share does.
   *
   * @return what to hand to {@link #pause}
   */
  public final Object resume() {
    Served before = inForce();
    if (over || before == this) {
      return UNCHANGED;
    }
    put(this);
    return before == null ? NOTHING : before;
  }

  /**
   * It is not in force on this thread until {@link #pause}: what happens there is not done for it.
   *
   * @return what to hand to {@link #pause}
   */
  public final Object rest() {
    if (inForce() != this) {
      return UNCHANGED;
    }
    put(null);
    return this;
  }

  /** Undoes what returned {@code resumed}; null is nothing to undo. */
  public static void pause(@Nullable Object resumed) {
    if (resumed != null && resumed != UNCHANGED) {
      put(resumed instanceof Served before ? before : null);
    }
  }

  /** The one that is in force on this thread; null when none is. */
  public static @Nullable RoamingRequest now() {
    return inForce() instanceof RoamingRequest request ? request : null;
  }

  /** Puts that in force on this thread, for good; with null nothing, if one of these is. */
  public static void replace(@Nullable RoamingRequest next) {
    if (next != null || now() != null) {
      put(next);
    }
  }

  /** It has been answered, or given up. */
  public final void over() {
    over = true;
  }

  /** As {@link #headers}, of a request that is not over. */
  protected abstract List<String> headersOf(String name);

  /** As {@link #path}, of a request that is not over. */
  protected abstract @Nullable String pathOf();

  /** As {@link #method}, of a request that is not over. */
  protected abstract @Nullable String methodOf();

  /** As {@link #principal}, of a request that is not over. */
  protected @Nullable Object principalOf() {
    return null;
  }

  /** As {@link #peer}, of a request that is not over. */
  protected @Nullable String peerOf() {
    return null;
  }

  // It may end while it is asked: what has been read counts if it has not ended by then.

  @Override
  public final List<String> headers(String name) {
    List<String> headers = headersOf(name);
    return over ? List.of() : headers;
  }

  @Override
  public final @Nullable String path() {
    String path = pathOf();
    return over ? null : path;
  }

  @Override
  public final @Nullable String method() {
    String method = methodOf();
    return over ? null : method;
  }

  @Override
  public final @Nullable Object principal() {
    Object principal = principalOf();
    return over ? null : principal;
  }

  @Override
  public final @Nullable String peer() {
    String peer = peerOf();
    return over ? null : peer;
  }

  /** Asked on other threads later, it may be over. */
  @Override
  final Served known() {
    RequestBaggage unused = said(this);
    return this;
  }

  @Override
  final RequestBaggage asked(RequestBaggage.Trust believed) {
    RequestBaggage baggage = super.asked(believed);
    return over ? RequestBaggage.UNREAD : baggage;
  }
}
