package io.costattr.core.attribution;

import io.costattr.core.Log;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that a thread serves, or the job that it runs, from its beginning to its end.
 * Beginning one costs an access to a thread local; what it says is asked for by model calls only,
 * while it lasts. Of several within each other the outermost counts. Used by one thread.
 */
public abstract class Served {
  private static final ThreadLocal<@Nullable Served> CURRENT = new ThreadLocal<>();
  private static volatile boolean requests = true;
  private static volatile boolean jobs = true;
  private static volatile boolean ruled;

  private final Source source;

  /**
   * @param source {@link Source#ROUTE} for a request, {@link Source#JOB} for a job
   */
  protected Served(Source source) {
    this.source = source;
  }

  /** Whether the routes of requests, and of jobs, are taken at all. */
  public static void take(boolean ofRequests, boolean ofJobs) {
    requests = ofRequests;
    jobs = ofJobs;
  }

  /** Whether rules ask requests for what {@link #headers} and the like tell. */
  public static void ruled(boolean byRules) {
    ruled = byRules;
  }

  /** Whether there is one that begins here: neither is one under way, nor are they not wanted. */
  public static boolean begins(Source source) {
    return (source == Source.ROUTE ? requests || ruled : jobs) && CURRENT.get() == null;
  }

  /** What is served on this thread; null when nothing is. */
  public static @Nullable Served current() {
    return CURRENT.get();
  }

  /**
   * It begins on this thread.
   *
   * @return what to hand to {@link #leave}
   */
  public final Served enter() {
    CURRENT.set(this);
    return this;
  }

  /** Undoes what returned {@code entered}; null, and anything else, is nothing to undo. */
  public static void leave(@Nullable Object entered) {
    if (entered instanceof Served) {
      CURRENT.remove();
    }
  }

  /** The template of the route, or the name of the job; null when it is not known yet. */
  protected abstract @Nullable String route();

  // What rules may ask a request for, at a call, on the thread that serves it. Each may throw.

  /** Every value of that header, as they came; empty when it has none, and of a job. */
  public List<String> headers(String name) {
    return List.of();
  }

  /** Its path without the query, as the server has understood it; null of a job. */
  public @Nullable String path() {
    return null;
  }

  /** Its method: {@code POST}; null of a job. */
  public @Nullable String method() {
    return null;
  }

  /** Whom the server or a framework has authenticated, by its own object; null for nobody. */
  public @Nullable Object principal() {
    return null;
  }

  /** What is served on this thread says so; null when nothing is, or it says nothing. */
  static @Nullable Attribution attribution() {
    Served served = CURRENT.get();
    if (served == null || (served.source == Source.ROUTE && !requests)) {
      return null;
    }
    try {
      String route = served.route();
      return route == null || route.length() > Bounds.MOST_CHARACTERS
          ? null
          : new Attribution(null, route, null, null, null, null, Map.of()).from(served.source);
    } catch (Throwable fault) {
      Log.fault("reading a route", fault);
      return null;
    }
  }
}
