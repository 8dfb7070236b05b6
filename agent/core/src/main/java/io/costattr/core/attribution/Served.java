package io.costattr.core.attribution;

import io.costattr.core.Log;
import io.costattr.core.carry.Handoffs;
import io.costattr.core.carry.Place;
import io.costattr.core.carry.Places;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static volatile RequestBaggage.@Nullable Trust trust;

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
  private final long arrivedMs;
  private @Nullable Served outer;
  private volatile @Nullable RequestBaggage baggage;

  /**
   * @param source {@link Source#ROUTE} for a request, {@link Source#JOB} for a job or a message
   */
  protected Served(Source source) {
    this.source = source;
    this.arrivedMs = trust == null ? 0 : System.currentTimeMillis();
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

  /** Whose baggage counts, of requests; null for nobody's. */
  public static void believe(RequestBaggage.@Nullable Trust newTrust) {
    trust = newTrust;
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

  /** Whether requests are wanted: their routes, what rules ask them for, or their baggage. */
  public static boolean isTaken() {
    return requests || areAsked();
  }

  /** Whether requests are asked for more than their routes: by rules, or for their baggage. */
  public static boolean areAsked() {
    return ruled || trust != null;
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

  /**
   * The address at the other end of its socket, in digits: what a header says of it does not count,
   * and neither does what a server has made of such headers. Null when it is not known, and of a
   * job.
   */
  public @Nullable String peer() {
    return null;
  }

  /** What it says now, for later and for other threads; null when that is nothing. */
  @Nullable Served known() {
    Served snapshot = snapshot();
    return snapshot.said() == null && said(snapshot).equals(RequestBaggage.NONE) ? null : snapshot;
  }

  /** What it says now, which may be nothing. */
  final Served snapshot() {
    return new Known(source, said(), said(this));
  }

  private @Nullable String said() {
    if (source == Source.ROUTE && !requests) {
      return null;
    }
    String route = route();
    return route == null || route.length() > Bounds.MOST_CHARACTERS ? null : route;
  }

  /** What the baggage of the request says that is served on this thread. Never throws. */
  static RequestBaggage baggage() {
    if (trust == null) {
      return RequestBaggage.NONE;
    }
    Served served = current();
    return served == null ? RequestBaggage.NONE : said(served);
  }

  /** Read once, at the first question. */
  static RequestBaggage said(Served served) {
    RequestBaggage.Trust believed = trust;
    if (believed == null) {
      return RequestBaggage.NONE;
    }
    RequestBaggage said = served.baggage;
    if (said == null) {
      try {
        said = served.asked(believed);
      } catch (Throwable fault) {
        Log.fault("reading the baggage of a request", fault);
        said = RequestBaggage.UNREAD;
      }
      served.baggage = said;
    }
    return said;
  }

  /** Of a request within another one, which is the same as a library has it, that of the other. */
  RequestBaggage asked(RequestBaggage.Trust believed) {
    Served server = outer;
    return server != null && server.source == Source.ROUTE
        ? said(server)
        : believed.of(headers("baggage"), this::peer, arrivedMs);
  }

  /** Something that is served on another thread. */
  private static final class Known extends Served {
    private final Source source;
    private final @Nullable String route;
    private final RequestBaggage baggage;

    Known(Source source, @Nullable String route, RequestBaggage baggage) {
      super(source);
      this.source = source;
      this.route = route;
      this.baggage = baggage;
    }

    @Override
    RequestBaggage asked(RequestBaggage.Trust unused) {
      return baggage;
    }

    @Override
    protected @Nullable String route() {
      return route;
    }

    @Override
    Served known() {
      return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Known known
          && known.source == source
          && Objects.equals(known.route, route)
          && known.baggage.equals(baggage);
    }

    @Override
    public int hashCode() {
      return Objects.hash(route, baggage);
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
          : Attribution.by(served.source, null, route, null, null, null, Map.of());
    } catch (Throwable fault) {
      Log.fault("reading a route", fault);
      return null;
    }
  }
}
