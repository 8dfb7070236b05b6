package io.costattr.core.exchange;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.Policy;
import io.costattr.core.attribution.Rejection;
import io.costattr.core.attribution.Rejections;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.batch.BatchEntry;
import io.costattr.core.batch.Batches;
import io.costattr.core.budget.Budgets;
import io.costattr.core.dialect.BatchDialect;
import io.costattr.core.dialect.Route;
import io.costattr.core.dialect.Routes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where advice begins: decides by host and path whether an HTTP attempt is a model call, before
 * anything is wrapped. Until {@link #start} nothing is.
 */
public final class Exchanges {
  private static final int MOST_OPEN = 65_536;
  private static final Set<Exchange> OPEN = ConcurrentHashMap.newKeySet();
  private static final Set<SocketSession> SOCKETS = ConcurrentHashMap.newKeySet();
  private static final Pending PENDING = new Pending();
  private static final WeakIdentityMap<Rejection> REJECTED = new WeakIdentityMap<>();
  private static volatile @Nullable Exchanges running;

  private final Routes routes;
  private final Takers ledger;
  private final Defaults defaults;

  private Exchanges(Routes routes, Takers ledger, Defaults defaults) {
    this.routes = routes;
    this.ledger = ledger;
    this.defaults = defaults;
  }

  /**
   * Who takes what was observed. None of them may block.
   *
   * @param exchanges takes each exchange once, when it is over
   * @param batches knows the batch jobs
   * @param results takes each line of a batch job's results, once
   */
  public record Takers(
      Consumer<Exchange> exchanges, Batches batches, Consumer<BatchEntry> results) {}

  /** As {@link #start(Routes, Takers, Defaults)}, without batch jobs. */
  public static void start(Routes routes, Consumer<Exchange> ledger, Defaults defaults) {
    start(routes, new Takers(ledger, new Batches(), line -> {}), defaults);
  }

  /**
   * Begins to observe.
   *
   * @param ledger takes what was observed
   * @param defaults what is known of calls that say nothing, and what becomes of them
   */
  public static void start(Routes routes, Takers ledger, Defaults defaults) {
    running = new Exchanges(routes, ledger, defaults);
  }

  /** Ends observing; what is under way is finished. */
  public static void stop() {
    running = null;
  }

  /**
   * Opens the exchange of one HTTP attempt, or returns null when it is none of ours. Never throws.
   *
   * @param client the transport, named when no library above it has made the call its own
   * @param path without query
   * @param carrier an object that all attempts of this logical call share, or null
   */
  public static @Nullable Exchange open(
      String client, String method, String host, int port, String path, @Nullable Object carrier) {
    try {
      Exchanges exchanges = running;
      if (exchanges == null) {
        return null;
      }
      Route route = exchanges.routes.find(method, host, port, path);
      Exchange exchange;
      if (route != null) {
        if (AgentThread.isCurrent()) {
          return null;
        }
        exchange =
            new Exchange(Start.now(call(client, carrier), route, host, port), exchanges.ledger);
      } else {
        Pending.Origin origin = PENDING.find(path);
        if (origin == null) {
          return null;
        }
        exchange = new Exchange(origin, exchanges.ledger);
      }
      if (OPEN.size() < MOST_OPEN) {
        OPEN.add(exchange);
      }
      return exchange;
    } catch (Throwable fault) {
      Log.fault("opening an exchange", fault);
      return null;
    }
  }

  /**
   * Whether the policy refuses that HTTP attempt: to be asked before {@link #open}, where the hook
   * can answer in the call's place. Only a call to a host that is known to bill is refused, and
   * none that is about a batch job, whose lines may say who pays. Never throws.
   *
   * @param carrier as for {@link #open}
   * @return null when the call may go on
   */
  public static @Nullable Rejection rejection(
      String client, String method, String host, int port, String path, @Nullable Object carrier) {
    try {
      Exchanges exchanges = running;
      if (exchanges == null || !exchanges.defaults.mayReject()) {
        return null;
      }
      Route route = exchanges.routes.find(method, host, port, path);
      if (route == null
          || !route.known()
          || route.dialect() instanceof BatchDialect
          || AgentThread.isCurrent()) {
        return null;
      }
      Call call = asking(client, carrier);
      return exchanges.rejection(call, call.sdk());
    } catch (Throwable fault) {
      Log.fault("asking the policy", fault);
      return null;
    }
  }

  /**
   * Whether the policy refuses a call on a web socket.
   *
   * @param sdk how the SDK says so through which the socket was opened, or null
   */
  static @Nullable Rejection rejection(Call call, Route socket, Call.@Nullable SdkException sdk) {
    Exchanges exchanges = running;
    return exchanges == null || !exchanges.defaults.mayReject() || !socket.known()
        ? null
        : exchanges.rejection(call, sdk);
  }

  private @Nullable Rejection rejection(Call call, Call.@Nullable SdkException sdk) {
    Policy.Verdict verdict = defaults.judge(call.attribution());
    return verdict.action() == Policy.Action.REJECT && !verdict.missing().isEmpty()
        ? rejected(call, verdict, sdk)
        : null;
  }

  /** Lets a refusal travel with an object of the client library, to where it can be said. */
  public static void carry(Rejection rejection, Object carrier) {
    REJECTED.put(carrier, rejection);
  }

  /** The refusal that travels with that object, or null. */
  public static @Nullable Rejection rejected(Object carrier) {
    return REJECTED.get(carrier);
  }

  private static Rejection rejected(
      Call call, Policy.Verdict verdict, Call.@Nullable SdkException sdk) {
    Rejection rejection = Rejections.reject(verdict.missing(), call.callSite());
    return sdk == null
        ? rejection
        : rejection.saidBy(sdk.of(rejection.message(), rejection.exception()));
  }

  /** The call that {@link #open} would find, or one in the same context. */
  private static Call asking(String client, @Nullable Object carrier) {
    Call call = carrier == null ? null : Call.carriedBy(carrier);
    if (call == null) {
      call = Call.current();
    }
    return call == null ? Call.capture(client) : call;
  }

  /**
   * Opens the session of a web socket that is about to be opened, or returns null when it is none
   * of ours. Never throws.
   *
   * @param client the transport, named when no library above it has made the call its own
   * @param path without query
   * @param query as it is sent, or null
   * @param head looks up a header of the upgrade
   */
  public static @Nullable SocketSession openSocket(
      String client,
      String host,
      int port,
      String path,
      @Nullable String query,
      Exchange.Headers head) {
    try {
      Exchanges exchanges = running;
      Route route = exchanges == null ? null : exchanges.routes.findSocket(host, port, path, query);
      if (exchanges == null || route == null || AgentThread.isCurrent()) {
        return null;
      }
      Call call = Call.current();
      SocketSession session =
          new SocketSession(
              Start.now(call == null ? Call.capture(client) : call, route, host, port),
              exchanges.ledger,
              head);
      if (SOCKETS.size() < MOST_OPEN) {
        SOCKETS.add(session);
      }
      return session;
    } catch (Throwable fault) {
      Log.fault("opening a web socket", fault);
      return null;
    }
  }

  static void closed(SocketSession session) {
    SOCKETS.remove(session);
  }

  /**
   * Whether {@link #open} would open an exchange there: worth capturing the context for, where the
   * thread is left before that. Never throws.
   */
  public static boolean wants(String method, String host, int port, String path) {
    try {
      Exchanges exchanges = running;
      return exchanges != null && exchanges.routes.find(method, host, port, path) != null;
    } catch (Throwable fault) {
      Log.fault("looking for a route", fault);
      return false;
    }
  }

  /** The answer to that attempt will be asked for by another call. */
  static void pending(Pending.Origin origin) {
    PENDING.add(origin);
  }

  /** The answer of that id is known; false when it was known before. */
  static boolean settle(String id) {
    return PENDING.settle(id);
  }

  static void closed(Exchange exchange) {
    OPEN.remove(exchange);
  }

  /** Ends what is under way: the JVM is about to exit, and what was sent may be billed. */
  public static void abandonOpen() {
    for (Exchange exchange : OPEN) {
      exchange.abandoned();
    }
    for (SocketSession session : SOCKETS) {
      session.abandoned();
    }
  }

  private static Call call(String client, @Nullable Object carrier) {
    Call call = carrier == null ? null : Call.carriedBy(carrier);
    if (call == null) {
      call = Call.current();
      if (call != null && Layer.taken(call) && carrier != null) {
        call.carryWith(carrier);
      }
    }
    if (call == null) {
      call = Call.capture(client);
      if (carrier != null) {
        call.carryWith(carrier);
      }
    }
    return call;
  }

  /** Who pays, with the defaults; null when nothing is observed any more. */
  public static @Nullable ResolvedAttribution resolve(Attribution said) {
    Exchanges exchanges = running;
    return exchanges == null ? null : exchanges.defaults.resolve(said);
  }

  /** Whether a call of which only that is said must be reported with its call site. */
  static boolean needsCallSite(Attribution said) {
    Exchanges exchanges = running;
    Budgets budgets = Budgets.running();
    return exchanges != null
        && ((budgets != null && budgets.learns())
            || exchanges.defaults.judge(said).needsCallSite());
  }
}
