package io.costattr.core.attribution;

import io.costattr.core.Log;
import io.costattr.core.carry.Handoffs;
import io.costattr.core.carry.Place;
import io.costattr.core.carry.Places;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The request that a thread serves, the job that it runs or the message that it works on, from its
 * beginning to its end. Beginning one costs an access to a thread local; what it says is asked for,
 * while it lasts, by model calls and where work is handed to another thread, which gets the answer
 * and never the request, unless that is a {@link RoamingRequest}. Of several within each other the
 * outermost counts, but for what {@link #beginsWithin}. Used by one thread.
 */
public abstract class Served {
  private static final ThreadLocal<@Nullable Served> CURRENT = new ThreadLocal<>();
  private static volatile boolean requests = true;
  private static volatile boolean jobs = true;
  private static volatile boolean ruled;

  /** Whether anything has been served; what is not is not asked for at every hand-off. */
  private static final AtomicBoolean EVER = new AtomicBoolean();

  /** What of it goes along with work for other threads. */
  private static final Place PLACE =
      new Place() {
        @Override
        public @Nullable Object mark() {
          return CURRENT.get();
        }

        @Override
        public @Nullable Object carried() {
          Served served = CURRENT.get();
          return served == null ? null : served.known();
        }

        @Override
        public @Nullable Object replace(@Nullable Object carried) {
          Served before = CURRENT.get();
          CURRENT.set((Served) carried);
          return before;
        }

        @Override
        public boolean restore(@Nullable Object mark) {
          CURRENT.set((Served) mark);
          return false;
        }
      };

  private final Source source;
  private @Nullable Object before;
  private @Nullable Served outer;

  /**
   * @param source {@link Source#ROUTE} for a request, {@link Source#JOB} for a job or a message
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
    return (source == Source.ROUTE ? isTaken() : jobs) && CURRENT.get() == null;
  }

  /** As {@link #begins}, for a library that knows the route of a request better than its server. */
  public static boolean beginsWithin() {
    Served served = CURRENT.get();
    return isTaken() && (served == null || served.source == Source.ROUTE);
  }

  /** Whether requests are wanted: their routes, or what rules ask them for. */
  public static boolean isTaken() {
    return requests || ruled;
  }

  /** What is served on this thread; null when nothing is. */
  public static @Nullable Served current() {
    Served served = CURRENT.get();
    return served != null ? served : ContextSources.served();
  }

  /** What is in force on this thread, by itself; null for nothing. */
  static @Nullable Served inForce() {
    return CURRENT.get();
  }

  /**
   * It begins on this thread.
   *
   * @return what to hand to {@link #leave}
   */
  public final Served enter() {
    ever();
    before = Handoffs.begin();
    outer = CURRENT.get();
    CURRENT.set(this);
    return this;
  }

  private static void ever() {
    if (!EVER.get() && EVER.compareAndSet(false, true)) {
      Places.add(PLACE);
    }
  }

  /** Exactly that is served on this thread from now on; null for nothing. */
  static void put(@Nullable Served next) {
    ever();
    CURRENT.set(next);
  }

  /**
   * Undoes what returned {@code entered}, and ends what the application has put in force since;
   * null, and anything else, is nothing to undo.
   */
  public static void leave(@Nullable Object entered) {
    if (entered instanceof Served served) {
      if (served.outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(served.outer);
      }
      Handoffs.end(served.before);
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

  /** What it says now, for later and for other threads; null when that is nothing. */
  @Nullable Served known() {
    String route = said();
    return route == null ? null : new Known(source, route);
  }

  private @Nullable String said() {
    if (source == Source.ROUTE && !requests) {
      return null;
    }
    String route = route();
    return route == null || route.length() > Bounds.MOST_CHARACTERS ? null : route;
  }

  /** Something that is served on another thread. */
  private static final class Known extends Served {
    private final Source source;
    private final String route;

    Known(Source source, String route) {
      super(source);
      this.source = source;
      this.route = route;
    }

    @Override
    protected String route() {
      return route;
    }

    @Override
    Served known() {
      return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Known known && known.source == source && known.route.equals(route);
    }

    @Override
    public int hashCode() {
      return route.hashCode();
    }
  }

  /** What is served on this thread says so; null when nothing is, or it says nothing. */
  static @Nullable Attribution attribution() {
    Served served = current();
    if (served == null) {
      return null;
    }
    try {
      String route = served.said();
      return route == null
          ? null
          : new Attribution(null, route, null, null, null, null, Map.of()).from(served.source);
    } catch (Throwable fault) {
      Log.fault("reading a route", fault);
      return null;
    }
  }
}
