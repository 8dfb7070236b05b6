package io.costattr.core.exchange;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Host;
import io.costattr.core.ledger.EventId;
import io.costattr.core.stack.CallSite;
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

  private final Attribution attribution;
  private final Host host;
  private final @Nullable String callSite;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile String client;
  private volatile @Nullable String requestId;
  private volatile @Nullable SdkException sdk;

  /** How an SDK would say that a call of it is refused. */
  @FunctionalInterface
  public interface SdkException {
    /** An exception of the SDK's own family that it does not take for a fault of the network. */
    RuntimeException of(String message, Throwable cause);
  }

  private Call(String client, Host host) {
    this.client = client;
    this.attribution = ContextSources.attribution();
    this.host = host;
    this.requestId = attribution.requestId();
    this.callSite = Exchanges.needsCallSite(attribution) ? CallSite.nearest() : null;
  }

  /**
   * Captures the context of this thread.
   *
   * @param client the library through which the application calls, with its version where known
   */
  public static Call capture(String client) {
    return new Call(client, ContextSources.host());
  }

  /**
   * Captures the context of this thread, but for what the application's telemetry knows, which was
   * captured before.
   */
  static Call capture(String client, Host host) {
    return new Call(client, host);
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

  /** Whether nobody has said who pays. */
  boolean saysNothing() {
    return !attribution.saysWho();
  }

  /** The call that is being made on this thread, by a library above it where one is, or null. */
  public static @Nullable Call current() {
    Call call = CURRENT.get();
    return call == null ? Layer.call() : call;
  }

  /**
   * The call of a library above, when that runs on this thread; else captures a new one, as {@link
   * #capture}. For SDKs, whose calls may be made within other calls that are none of theirs.
   */
  public static Call captureBelow(String client) {
    Call call = Layer.call();
    return call == null ? capture(client) : call;
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
    // Not removed: the thread's entry for it is made again at each call, which costs more.
    CURRENT.set(previous);
  }

  /** Lets this call travel with an object of the client library, for as long as that lives. */
  public void carryWith(Object carrier) {
    CARRIED.put(carrier, this);
    Layer.taken(this);
  }

  /** The call that travels with that object, or null. */
  public static @Nullable Call carriedBy(Object carrier) {
    return CARRIED.get(carrier);
  }

  /** What the call is made with tells who makes it: a library above the one that captured it. */
  public void madeBy(String library) {
    client = library;
  }

  /** The call is made through an SDK that has exceptions of its own. */
  public void ofSdk(SdkException exception) {
    sdk = exception;
  }

  /** Whether it is made through such an SDK. */
  public boolean isOfSdk() {
    return sdk != null;
  }

  @Nullable SdkException sdk() {
    return sdk;
  }

  /** The library through which the application calls. */
  public String client() {
    return client;
  }

  Attribution attribution() {
    return attribution;
  }

  Host host() {
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
