package io.costattr.core.attribution;

import io.costattr.core.Log;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that a thread serves, or the job that it runs, from its beginning to its end.
 * Beginning one costs an access to a thread local; what it says is asked for by model calls only,
 * while it lasts. Of several within each other the outermost counts. Used by one thread.
 */
public abstract class Served {
  private static final ThreadLocal<@Nullable Served> CURRENT = new ThreadLocal<>();
  private static final int MOST_CHARACTERS = 256;
  private static volatile boolean requests = true;
  private static volatile boolean jobs = true;

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

  /** Whether there is one that begins here: neither is one under way, nor are they not wanted. */
  public static boolean begins(Source source) {
    return (source == Source.ROUTE ? requests : jobs) && CURRENT.get() == null;
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

  /** What is served on this thread says so; null when nothing is, or it says nothing. */
  static @Nullable Attribution attribution() {
    Served served = CURRENT.get();
    if (served == null) {
      return null;
    }
    try {
      String route = served.route();
      return route == null || route.length() > MOST_CHARACTERS
          ? null
          : new Attribution(null, route, null, null, null, null, Map.of()).from(served.source);
    } catch (Throwable fault) {
      Log.fault("reading a route", fault);
      return null;
    }
  }
}
