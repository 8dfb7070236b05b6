package io.costattr.core.exchange;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.ledger.EventId;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One logical call of the application: what it said about who pays, captured once, on the thread
 * that makes the call, and the count of its attempts. The state of a thread is never consulted
 * later: a call travels with the objects of the client library. Thread-safe.
 */
public final class Call {
  private static final ThreadLocal<@Nullable Call> CURRENT = new ThreadLocal<>();
  private static final WeakIdentityMap<Call> CARRIED = new WeakIdentityMap<>();

  private final String client;
  private final Attribution attribution;
  private final @Nullable HostSpan host;
  private final @Nullable String callSite;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable String requestId;

  private Call(String client) {
    this.client = client;
    this.attribution = ContextSources.attribution();
    this.host = ContextSources.span();
    this.requestId = attribution.requestId();
    this.callSite = Exchanges.needsCallSite(attribution) ? CallSite.nearest() : null;
  }

  /**
   * Captures the context of this thread.
   *
   * @param client the library through which the application calls, with its version where known
   */
  public static Call capture(String client) {
    return new Call(client);
  }

  private Call(Call like) {
    this.client = like.client;
    this.attribution = like.attribution;
    this.host = like.host;
    this.requestId = attribution.requestId();
    this.callSite = like.callSite;
  }

  /** Another call in the same context. */
  Call another() {
    return new Call(this);
  }

  /** Whether the application has said nothing of who pays. */
  boolean saysNothing() {
    return attribution.equals(Attribution.NONE);
  }

  /** The call that is being made on this thread, or null. */
  public static @Nullable Call current() {
    return CURRENT.get();
  }

  /**
   * Makes this the call that is being made on this thread.
   *
   * @return the one it replaces, to be handed to {@link #leave}
   */
  public @Nullable Call enter() {
    Call previous = CURRENT.get();
    CURRENT.set(this);
    return previous;
  }

  /** Undoes {@link #enter}. */
  public static void leave(@Nullable Call previous) {
    if (previous == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(previous);
    }
  }

  /** Lets this call travel with an object of the client library, for as long as that lives. */
  public void carryWith(Object carrier) {
    CARRIED.put(carrier, this);
  }

  /** The call that travels with that object, or null. */
  public static @Nullable Call carriedBy(Object carrier) {
    return CARRIED.get(carrier);
  }

  /** The library through which the application calls. */
  public String client() {
    return client;
  }

  Attribution attribution() {
    return attribution;
  }

  @Nullable HostSpan host() {
    return host;
  }

  @Nullable String callSite() {
    return callSite;
  }

  int nextAttempt() {
    return attempts.incrementAndGet();
  }

  /** That attempt does not count, unless another one has begun meanwhile. */
  void takeBack(int number) {
    attempts.compareAndSet(number, number - 1);
  }

  /** The application's own id of the call, else one generated at the first question. */
  String requestId() {
    String id = requestId;
    if (id == null) {
      synchronized (attempts) {
        id = requestId;
        if (id == null) {
          id = EventId.next();
          requestId = id;
        }
      }
    }
    return id;
  }
}
