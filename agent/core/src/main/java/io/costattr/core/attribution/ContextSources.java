package io.costattr.core.attribution;

import io.costattr.core.Log;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The places in this JVM where an application may keep context, in the order in which they are
 * asked. Usually one; several web applications have one each, and the thread tells which holds
 * something. Thread-safe.
 */
public final class ContextSources {
  private static final CopyOnWriteArrayList<ContextSource> SOURCES = new CopyOnWriteArrayList<>();

  private static volatile boolean readsBaggage = true;
  private static volatile @Nullable Runnable atFirstCall;
  private static volatile @Nullable Rules rules;

  /** What the user's rules say of a call. */
  @FunctionalInterface
  public interface Rules {
    /**
     * What they say of a call that is made on this thread.
     *
     * @param stronger what those have said that win over rules
     * @param served what is known of the request or the job; null for nothing
     * @return null when they say nothing
     */
    @Nullable Attribution say(Attribution stronger, @Nullable Attribution served);
  }

  private ContextSources() {}

  /** Whether baggage is read at all. */
  public static void readBaggage(boolean reads) {
    readsBaggage = reads;
  }

  /** Asks those rules at every call; null for none. */
  public static void ask(@Nullable Rules newRules) {
    rules = newRules;
  }

  public static void add(ContextSource source) {
    SOURCES.add(source);
  }

  /** Adds one that is asked before those that are there. */
  public static void addFirst(ContextSource source) {
    SOURCES.add(0, source);
  }

  /**
   * What to do when a call is first found to be observed by the application's telemetry as well:
   * once, on the application's thread, at that call.
   */
  public static void atFirstCall(Runnable quick) {
    atFirstCall = quick;
  }

  public static void remove(ContextSource source) {
    SOURCES.remove(source);
  }

  /**
   * What was said on this thread, by whoever has the precedence; {@link Attribution#NONE} when
   * nothing. Of several copies of the API, and of several baggages, the first that says something
   * counts. Never throws.
   */
  public static Attribution attribution() {
    return said(readsBaggage);
  }

  /**
   * As {@link #attribution}, without what OpenTelemetry's baggage says, which may be the word of
   * whoever has sent a request.
   */
  public static Attribution vouched() {
    return said(false);
  }

  private static Attribution said(boolean withTelemetry) {
    Attribution api = null;
    Attribution baggage = null;
    for (ContextSource source : SOURCES) {
      try {
        api = api == null ? something(source.attribution()) : api;
        if (baggage == null && withTelemetry) {
          baggage = something(source.baggage());
        }
      } catch (Throwable fault) {
        Log.fault("reading attribution", fault);
      }
    }
    Precedence precedence = new Precedence();
    precedence.says(Source.API, api);
    precedence.says(Source.ANNOTATION, AnnotationScope.current());
    RequestBaggage request = Served.baggage();
    precedence.says(Source.BAGGAGE, request.trusted());
    precedence.says(Source.BAGGAGE, request.filter(baggage));
    Attribution served = Served.attribution();
    Rules known = rules;
    if (known != null) {
      precedence.says(Source.RULE, said(known, precedence.counts(), served));
    }
    precedence.says(Source.ROUTE, served);
    return precedence.counts();
  }

  private static @Nullable Attribution said(
      Rules rules, Attribution stronger, @Nullable Attribution served) {
    try {
      return rules.say(stronger, served);
    } catch (Throwable fault) {
      Log.fault("asking the rules", fault);
      return null;
    }
  }

  /** What the first logging that knows the key has for it on this thread; null when none does. */
  public static @Nullable String mdc(String key) {
    return first("reading the logging context", source -> source.mdc(key));
  }

  /** Whom the first framework that knows has authenticated on this thread; null for nobody. */
  public static @Nullable Object principal() {
    return first("reading who is authenticated", ContextSource::principal);
  }

  /** The request that the first server that knows serves on this thread; null when none does. */
  static @Nullable Served served() {
    return first("reading what is served", ContextSource::served);
  }

  private static <T> @Nullable T first(
      String doing, Function<ContextSource, @Nullable T> question) {
    for (ContextSource source : SOURCES) {
      try {
        T answer = question.apply(source);
        if (answer != null) {
          return answer;
        }
      } catch (Throwable fault) {
        Log.fault(doing, fault);
      }
    }
    return null;
  }

  private static @Nullable Attribution something(@Nullable Attribution said) {
    return said == null || said.equals(Attribution.NONE) ? null : said;
  }

  /** The exception of the first copy of the API that has one; null when there is none. */
  static @Nullable RuntimeException missing(String message, Set<String> dimensions) {
    for (ContextSource source : SOURCES) {
      try {
        RuntimeException exception = source.missing(message, dimensions);
        if (exception != null) {
          return exception;
        }
      } catch (Throwable fault) {
        Log.fault("refusing a call", fault);
      }
    }
    return null;
  }

  /** What the application's telemetry knows of a call that this thread makes. Never throws. */
  public static Host host() {
    return host(null);
  }

  /**
   * As {@link #host()}. Of several the first counts that observes the call itself, for its span is
   * the nearest; else the first that has a span.
   *
   * @param carried what is known to hold the application's context in place of this thread, or null
   */
  public static Host host(@Nullable Object carried) {
    HostSpan current = null;
    for (ContextSource source : SOURCES) {
      try {
        HostCall call = source.call(carried);
        HostSpan span = call == null ? null : call.span();
        if (call != null) {
          observed();
          return new Host(span != null ? span : current != null ? current : source.span(), call);
        }
        current = current == null ? source.span() : current;
      } catch (Throwable fault) {
        Log.fault("reading the current span", fault);
      }
    }
    return current == null ? Host.NONE : new Host(current, null);
  }

  private static void observed() {
    Runnable first = atFirstCall;
    if (first != null) {
      atFirstCall = null;
      first.run();
    }
  }
}
