package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.ledger.EventId;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP attempt at a model provider, from its start to the end of its body: the only mutable
 * thing on the way of a call. Advice tells it what the application reads and writes; it keeps a few
 * values and hands itself to the ledger exactly once. No method throws. Bytes come from one thread
 * at a time; the end may come from another.
 */
public final class Exchange {
  private static final String EVENTS = "text/event-stream";
  private static final ThreadLocal<@Nullable Exchange> CURRENT = new ThreadLocal<>();

  private final Call call;
  private final Route route;
  private final String host;
  private final int port;
  private final Consumer<Exchange> ledger;
  private final int number;
  private final Instant startedAt = Instant.now();
  private final long startNanos = System.nanoTime();
  private final Reading request = new Reading();
  private final Reading response = new Reading();
  private final AtomicBoolean over = new AtomicBoolean();

  private volatile boolean requestSent;
  private volatile @Nullable Integer status;
  private volatile @Nullable String providerRequestId;
  private volatile boolean streamed;
  private volatile boolean unreadable;
  private volatile long firstByteNanos;
  private volatile long endNanos;
  private volatile Outcome outcome = Outcome.FAILED;
  private volatile @Nullable String failure;
  private @Nullable Exchange previous;
  private volatile @Nullable Unclosed unclosed;

  Exchange(Call call, Route route, String host, int port, Consumer<Exchange> ledger) {
    this.call = call;
    this.route = route;
    this.host = host;
    this.port = port;
    this.ledger = ledger;
    this.number = call.nextAttempt();
  }

  /** The exchange that is being sent on this thread, or null. */
  public static @Nullable Exchange current() {
    return CURRENT.get();
  }

  /** This exchange is being sent on this thread, until {@link #leave}. */
  public void enter() {
    previous = CURRENT.get();
    CURRENT.set(this);
  }

  /** Undoes {@link #enter}, on the same thread. */
  public void leave() {
    Exchange outer = previous;
    previous = null;
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** When {@code body} is collected before it was closed, the exchange is over. */
  public void watch(Object body) {
    try {
      unclosed = Unclosed.watch(body, this);
    } catch (Throwable fault) {
      Log.fault("watching a body", fault);
    }
  }

  /**
   * What the request's body is to be shown to, as the application writes it.
   *
   * @param contentEncoding the request's {@code Content-Encoding}, or null
   */
  public ObservedBody requestBody(@Nullable String contentEncoding) {
    return ObservedBody.ofRequest(this, route.dialect().requestShape(), request, contentEncoding);
  }

  /**
   * The response's head has come.
   *
   * @param headers looks a header up by its name, null when it is absent
   * @return what the response's body is to be shown to, as the application reads it
   */
  public ObservedBody response(int httpStatus, Headers headers) {
    status = httpStatus;
    providerRequestId = headers.first("x-request-id");
    String contentType = headers.first("content-type");
    streamed =
        contentType != null && contentType.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
    return ObservedBody.ofResponse(
        this,
        route.dialect(),
        response,
        streamed,
        httpStatus < 400,
        headers.first("content-encoding"));
  }

  /** Looks up a header of the response. */
  @FunctionalInterface
  public interface Headers {
    /** The first value of the header of that name, in any case; null when it is absent. */
    @Nullable String first(String name);
  }

  /** No response came, or it broke off. */
  public void failed(Throwable cause) {
    failed(Failure.code(cause));
  }

  void failed(String code) {
    if (over.compareAndSet(false, true)) {
      failure = code;
      finish(Failure.CANCELLED.equals(code) ? Outcome.ABANDONED : Outcome.FAILED);
    }
  }

  void completed() {
    if (over.compareAndSet(false, true)) {
      finish(Outcome.COMPLETED);
    }
  }

  void abandoned() {
    if (over.compareAndSet(false, true)) {
      finish(Outcome.ABANDONED);
    }
  }

  boolean isOver() {
    return over.get();
  }

  void requestSent() {
    requestSent = true;
  }

  void firstByte() {
    firstByteNanos = System.nanoTime();
  }

  /** The body cannot be read: its encoding is unknown, it is corrupt, or it is no JSON. */
  void unreadable() {
    unreadable = true;
  }

  private void finish(Outcome how) {
    endNanos = System.nanoTime();
    outcome = how;
    Unclosed watched = unclosed;
    if (watched != null) {
      watched.forget();
    }
    try {
      if (response.hasUsage()) {
        // At once, and not when the ledger comes to it, so that buffers go round.
        release();
      }
      ledger.accept(this);
    } catch (Throwable fault) {
      Log.fault("handing an exchange to the ledger", fault);
    }
  }

  // What follows is read by the ledger, when the exchange is over.

  /** Where it went. */
  public Route route() {
    return route;
  }

  /** What the application said about who pays. */
  public Attribution attribution() {
    return call.attribution();
  }

  /** What both sides said. */
  public Transcript transcript() {
    return route.dialect().transcript(route, request, response);
  }

  /** The request, for counting its tokens. */
  public Reading request() {
    return request;
  }

  /** The response, for counting its tokens. */
  public Reading response() {
    return response;
  }

  /** Whether the request had been handed to the connection as a whole. */
  public boolean wasSent() {
    return requestSent || status != null;
  }

  /** Whether the response was of a kind that could be read. */
  public boolean wasReadable() {
    return !unreadable;
  }

  /**
   * Whether this was a model call after all: at a host that no table knows, only what both sides
   * said can tell.
   */
  public boolean isModelCall() {
    Integer httpStatus = status;
    if (httpStatus != null && httpStatus >= 300 && httpStatus < 400) {
      return false;
    }
    return route.known()
        || route.dialect().isModelCall(request, response, httpStatus != null && httpStatus < 300);
  }

  /** Gives back what was kept of texts; nothing may be read any more. */
  public void release() {
    request.text().release();
    response.text().release();
  }

  /** The facts of the attempt. */
  public Attempt attempt(Transcript said) {
    Integer httpStatus = status;
    long first = firstByteNanos;
    String errorCode = failure;
    if (errorCode == null) {
      errorCode = said.errorCode();
    }
    if (errorCode == null && httpStatus != null && httpStatus >= 400) {
      errorCode = Integer.toString(httpStatus);
    }
    return new Attempt(
        EventId.next(),
        call.requestId(),
        number,
        startedAt,
        endNanos - startNanos,
        streamed && first != 0 ? first - startNanos : null,
        route.provider(),
        route.endpoint().id(),
        said.requestModel(),
        said.responseModel(),
        said.requestedTier(),
        said.servedTier(),
        streamed || said.streamRequested(),
        said.promptCacheKey(),
        said.reasoningEffort(),
        said.responseId(),
        providerRequestId,
        httpStatus,
        errorCode,
        outcome,
        host,
        port,
        call.client(),
        call.callSite(),
        call.host());
  }
}
