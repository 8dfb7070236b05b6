package io.costattr.core.baggage;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Bounds;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.Source;
import io.costattr.core.exchange.WeakIdentityMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where advice asks whether who pays is to be added to a request. Until {@link #start} it never is,
 * which {@link #isOn} tells at the cost of reading a field. Thread-safe.
 */
public final class OutgoingBaggage {
  private static final WeakIdentityMap<Addition> CARRIED = new WeakIdentityMap<>();

  /** What goes along with the call that this thread is sending, where that was made by another. */
  private static final ThreadLocal<@Nullable Addition> SENDING = new ThreadLocal<>();

  /** Who makes a call says nothing of who pays, or its first address is none of the hosts. */
  private static final Addition NOTHING = new Addition(new TreeMap<>(), null);

  private static final int MOST_TAGS = 32;
  private static volatile @Nullable OutgoingBaggage running;

  private final Hosts hosts;
  private final @Nullable Signature signature;
  private final Attribution defaults;

  private OutgoingBaggage(Hosts hosts, @Nullable Signature signature, Attribution defaults) {
    this.hosts = hosts;
    this.signature = signature;
    this.defaults = defaults;
  }

  /**
   * From now on requests to those hosts have baggage.
   *
   * @param defaults what holds for calls that do not say
   */
  static void start(Hosts hosts, @Nullable Signature signature, Attribution defaults) {
    running = new OutgoingBaggage(hosts, signature, defaults);
  }

  /** As before {@link #start}. */
  static void stop() {
    running = null;
  }

  /** Whether any request has baggage of the agent's. */
  public static boolean isOn() {
    return running != null;
  }

  /**
   * What is to be added to a request that this thread makes. Never throws.
   *
   * @return null for nothing
   */
  public static @Nullable Addition of(String host, int port) {
    OutgoingBaggage baggage = running;
    try {
      return baggage == null || !baggage.hosts.contain(host, port) || AgentThread.isCurrent()
          ? null
          : baggage.addition();
    } catch (Throwable fault) {
      Log.fault("reading what is to be sent as baggage", fault);
      return null;
    }
  }

  /**
   * As {@link #of}, for an attempt of a call, of which only the first is made on the thread that
   * makes the call.
   *
   * @param carrier an object that all attempts of the call share
   */
  public static @Nullable Addition of(String host, int port, Object carrier) {
    Addition first = CARRIED.get(carrier);
    if (first != null) {
      return first == NOTHING ? null : further(first, host, port);
    }
    Addition found = of(host, port);
    CARRIED.put(carrier, found == null ? NOTHING : found);
    return found;
  }

  /** Lets what this thread says go along with a call that another thread will send. */
  public static void capture(Object carrier) {
    OutgoingBaggage baggage = running;
    Addition addition = null;
    try {
      addition = baggage == null ? null : baggage.addition();
    } catch (Throwable fault) {
      Log.fault("reading what is to be sent as baggage", fault);
    }
    CARRIED.put(carrier, addition == null ? NOTHING : addition);
  }

  /**
   * As {@link #capture}, where what is captured may be a further request of the call that this
   * thread sends.
   */
  public static void captureSending(Object carrier) {
    Addition sent = SENDING.get();
    if (sent == null) {
      capture(carrier);
    } else {
      CARRIED.put(carrier, sent);
    }
  }

  /**
   * From now on this thread sends that call.
   *
   * @return what {@link #leave} wants
   */
  public static @Nullable Addition enter(Object carrier) {
    Addition before = SENDING.get();
    set(CARRIED.get(carrier));
    return before;
  }

  /** Undoes {@link #enter}. */
  public static void leave(@Nullable Addition before) {
    set(before);
  }

  private static void set(@Nullable Addition addition) {
    if (addition == null) {
      SENDING.remove();
    } else {
      SENDING.set(addition);
    }
  }

  /** What is to be added to the request of the call that this thread sends, or null. */
  public static @Nullable Addition sending(String host, int port) {
    Addition sent = SENDING.get();
    if (sent == null) {
      return of(host, port);
    }
    return sent == NOTHING ? null : further(sent, host, port);
  }

  /** What goes along with a call, where that may have it when it is redirected there; else null. */
  public static @Nullable Addition further(@Nullable Addition addition, String host, int port) {
    OutgoingBaggage baggage = running;
    return baggage != null && addition != null && baggage.hosts.contain(host, port)
        ? addition
        : null;
  }

  /** Lets it travel with an object of the client library; null: with that nothing travels. */
  public static void carry(@Nullable Addition addition, Object carrier) {
    if (addition != null) {
      CARRIED.put(carrier, addition);
    } else {
      CARRIED.remove(carrier);
    }
  }

  /**
   * Lets what an attempt of a call is to have travel with an object that all its attempts share.
   *
   * @param first whether this is the thread that makes the call; a further attempt has what the one
   *     before had, if it goes to a host that may have it
   */
  public static void attempt(boolean first, String host, int port, Object carrier) {
    carry(first ? of(host, port) : further(carriedBy(carrier), host, port), carrier);
  }

  /** What travels with that object, or null. */
  public static @Nullable Addition carriedBy(Object carrier) {
    return CARRIED.get(carrier);
  }

  private @Nullable Addition addition() {
    Attribution vouched = ContextSources.vouched();
    Attribution counting = ContextSources.attribution();
    SortedMap<String, String> members = new TreeMap<>();
    for (Dimension dimension : Dimension.values()) {
      String value = value(dimension, vouched, counting);
      if (value != null && Bounds.fits(value)) {
        members.put(Members.OWN + dimension.id().replace('_', '.'), value);
      }
    }
    int tags = 0;
    for (Map.Entry<String, String> tag : new TreeMap<>(vouched.tags()).entrySet()) {
      String key = "tag." + tag.getKey();
      if (tag.getValue().equals(counting.tags().get(tag.getKey()))
          && PercentCode.isToken(key)
          && Bounds.fits(key)
          && Bounds.fits(tag.getValue())
          && tags++ < MOST_TAGS) {
        members.put(Members.OWN + key, tag.getValue());
      }
    }
    return members.isEmpty() ? null : new Addition(members, signature);
  }

  /**
   * What counts for calls that this thread makes, as far as it is vouched for, and as far as it is
   * of who pays and not only of where the call is made: the other side has a route and an
   * environment of its own.
   */
  private @Nullable String value(Dimension dimension, Attribution vouched, Attribution counting) {
    boolean isPlace = dimension == Dimension.ROUTE || dimension == Dimension.ENVIRONMENT;
    String value = counting.value(dimension);
    if (value == null) {
      return isPlace ? null : defaults.value(dimension);
    }
    return !value.equals(vouched.value(dimension))
            || (isPlace && counting.sources().of(dimension).compareTo(Source.RULE) > 0)
        ? null
        : value;
  }
}
