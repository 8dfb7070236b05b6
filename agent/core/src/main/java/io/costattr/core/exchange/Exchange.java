package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.HostCall;
import io.costattr.core.batch.Upload;
import io.costattr.core.budget.Blocked;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Reservation;
import io.costattr.core.dialect.BatchDialect;
import io.costattr.core.dialect.BatchInput;
import io.costattr.core.dialect.BatchJob;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Endpoint;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.scan.JsonShape;
import io.costattr.core.scan.RequestScanner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP attempt at a model provider, from its start to the end of its body: the only mutable
 * thing on the way of a call. Advice tells it what the application reads and writes; it keeps a few
 * values and hands itself to the ledger exactly once, when no thread is reading for it any more. No
 * method throws. Bytes come from one thread at a time; the end may come from another.
 */
public final class Exchange {
  private static final ThreadLocal<@Nullable Exchange> CURRENT = new ThreadLocal<>();
  private static final WeakIdentityMap<Exchange> CARRIED = new WeakIdentityMap<>();
  private static final Marks MARKED = new Marks();

  /** The name of the header that has what {@link #mark} returned. */
  public static final String MARK = "x-costattr-exchange";

  private final Start start;
  private final Progress progress = new Progress();
  private final Admission admission;
  private final Exchanges.Takers ledger;

  /** Where this asks for the answer to another attempt: that one. */
  private final Pending.@Nullable Origin origin;

  /** Whether this has got that answer, before any other attempt to get it. */
  private boolean settles;

  private final AtomicBoolean over = new AtomicBoolean();

  /** Who must be done before the ledger may look: the end itself, and threads that still read. */
  private final AtomicInteger holds = new AtomicInteger(1);

  private volatile Reading request = new Reading();
  private volatile Reading response = new Reading();
  private volatile @Nullable ObservedBody requestBody;
  private volatile @Nullable ObservedBody responseBody;

  /** What the file says that is being uploaded, where it may be the input of a batch job. */
  private volatile @Nullable Upload upload;

  private volatile @Nullable String requestEncoding;
  private volatile @Nullable String responseEncoding;
  private volatile boolean usageAdded;
  private @Nullable Exchange previous;
  private @Nullable Object subject;
  private volatile @Nullable Unclosed unclosed;

  Exchange(Start start, Exchanges.Takers ledger) {
    this.start = start;
    this.admission = new Admission(start, Reservation.NONE);
    this.ledger = ledger;
    this.origin = null;
  }

  /** A call on a web socket, whose reader reads both sides. */
  Exchange(Start start, Exchanges.Takers ledger, Reading request) {
    this(start, ledger);
    this.request = request;
  }

  /** An attempt to get the answer to another one, in whose name it counts if it gets it. */
  Exchange(Pending.Origin origin, Exchanges.Takers ledger) {
    this.start = origin.start();
    this.admission = new Admission(start, origin.reservation());
    this.ledger = ledger;
    this.origin = origin;
  }

  /**
   * The exchange of that subject which is being sent on this thread, or null. What sends may call
   * back into the application, and that may send something else meanwhile.
   */
  public static @Nullable Exchange current(Object subject) {
    Exchange exchange = CURRENT.get();
    return exchange != null && exchange.subject == subject ? exchange : null;
  }

  /**
   * This exchange is being sent on this thread, until {@link #leave}.
   *
   * @param sent an object of the library's by which whoever writes the request knows this exchange
   */
  public void enter(Object sent) {
    subject = sent;
    previous = CURRENT.get();
    CURRENT.set(this);
  }

  /** Undoes {@link #enter}, on the same thread. */
  public void leave() {
    Exchange outer = previous;
    previous = null;
    subject = null;
    // Not removed: the thread's entry for it is made again at each attempt, which costs more.
    CURRENT.set(outer);
  }

  /**
   * Something else is being sent on this thread, until {@link #resume}.
   *
   * @return what is to be resumed
   */
  public static @Nullable Exchange suspend() {
    Exchange suspended = CURRENT.get();
    CURRENT.set(null);
    return suspended;
  }

  /** Undoes {@link #suspend}. */
  public static void resume(@Nullable Exchange suspended) {
    if (suspended != null) {
      CURRENT.set(suspended);
    }
  }

  /** Lets this exchange travel with an object of the client library, for as long as that lives. */
  public void carryWith(Object carrier) {
    CARRIED.put(carrier, this);
  }

  /** The exchange that travels with that object, the last one it was given; or null. */
  public static @Nullable Exchange carriedBy(Object carrier) {
    return CARRIED.get(carrier);
  }

  /**
   * As {@link #carriedBy}, for the last time: nobody will ask for it by that object any more. What
   * is not taken stays until the collector has seen that the object is gone.
   */
  public static @Nullable Exchange takenFrom(Object carrier) {
    return CARRIED.remove(carrier);
  }

  /** No exchange travels with that object any more: it serves something else from now on. */
  public static void forget(Object carrier) {
    CARRIED.remove(carrier);
  }

  /**
   * A header's value by which the request is known where it is written, on whatever thread; for a
   * request that will not leave. Taken once, by {@link #ofMark}.
   */
  public String mark() {
    return MARKED.put(this);
  }

  /** The exchange of that mark; null when it is none, or was taken. */
  public static @Nullable Exchange ofMark(@Nullable String mark) {
    return mark == null ? null : MARKED.take(mark);
  }

  /** Whether a request may have a mark at all: most programs never see one. */
  public static boolean anyMarked() {
    return MARKED.any();
  }

  /** The request was made to ask for usage, see {@link StreamUsage}. */
  void usageAdded() {
    usageAdded = true;
  }

  boolean isUsageAdded() {
    return usageAdded;
  }

  Start start() {
    return start;
  }

  /** Of the moment at which it began: an identity's hash costs a way into the JVM. */
  @Override
  public int hashCode() {
    return Long.hashCode(start.nanos());
  }

  /** When {@code body} is collected before it was closed, the exchange is over. */
  public void watch(Object body) {
    try {
      unclosed = Unclosed.watch(body, this::abandoned);
    } catch (Throwable fault) {
      Log.fault("watching a body", fault);
    }
  }

  /**
   * Asks the budgets whether the attempt may be sent: on the thread that sends, where the hook can
   * still answer in its place. The first question counts. An attempt that is denied is over with
   * that; its entry says so.
   *
   * @return null when it goes on as it is
   */
  public @Nullable Objection objection(Preview preview) {
    Budgets budgets = unasked();
    return budgets == null ? admission.denial() : objection(budgets, Asking.of(this, preview));
  }

  /**
   * As {@link #objection(Preview)}, of a response on a web socket, whose asking has been read.
   *
   * @param head looks up a header of the socket's upgrade
   */
  @Nullable Denial objection(Headers head) {
    Budgets budgets = unasked();
    return budgets == null ? admission.denial() : objection(budgets, Asking.ofRead(this, head));
  }

  /** The budgets, where they are to be asked; null where it asks for what has been paid for. */
  private @Nullable Budgets unasked() {
    return origin == null ? admission.unasked() : null;
  }

  private @Nullable Denial objection(Budgets budgets, Asking asking) {
    Denial answer = admission.ask(budgets, asking);
    if (answer == null) {
      asking.release();
    } else {
      request = asking.read();
      progress.head(Denial.STATUS, false, name -> null);
      end(Outcome.COMPLETED, Blocked.CODE);
    }
    return answer;
  }

  /** What the budgets say of it. */
  Admission admission() {
    return admission;
  }

  /** The answer in the provider's place; null when there is none. */
  public @Nullable Denial denial() {
    return admission.denial();
  }

  /**
   * The request's head, for where its body is written without it in sight.
   *
   * @param contentEncoding the request's {@code Content-Encoding}, or null
   */
  public void requestEncoding(@Nullable String contentEncoding) {
    requestEncoding = contentEncoding;
  }

  /** As {@link #requestBody(String)}, with what was said by {@link #requestEncoding}. */
  public ObservedBody requestBody() {
    return requestBody(requestEncoding);
  }

  /**
   * What the request's body is to be shown to, as the application writes it. A client that sends it
   * again, after a redirect or on another connection, asks again: only the last is kept.
   *
   * @param contentEncoding the request's {@code Content-Encoding}, or null
   */
  public ObservedBody requestBody(@Nullable String contentEncoding) {
    if (requestBody != null) {
      request = new Reading();
    }
    ObservedBody body = ObservedBody.ofRequest(this, requestScanner(), contentEncoding);
    requestBody = body;
    if (isOver()) {
      body.finish();
    }
    return body;
  }

  private RequestScanner requestScanner() {
    JsonShape shape = route().dialect().requestShape();
    Upload lines = route().endpoint() == Endpoint.BATCH_INPUT ? ledger.batches().upload() : null;
    endUpload(null);
    upload = lines;
    return lines == null
        ? new RequestScanner(shape, request)
        : new RequestScanner(shape, request, new BatchInput(request, lines));
  }

  /**
   * @param file the id of the file that has arrived; null when none has
   */
  private void endUpload(@Nullable String file) {
    Upload ended = upload;
    if (ended == null) {
      return;
    }
    if (file == null) {
      ended.failed();
    } else {
      ended.arrived(file);
    }
  }

  /**
   * The response's {@code Content-Encoding}, from a client that takes it out of the head because it
   * decodes the body, behind where the body is seen.
   */
  public void responseEncoding(String contentEncoding) {
    responseEncoding = contentEncoding;
  }

  /**
   * The response's head has come.
   *
   * @param headers looks a header up by its name, null when it is absent
   * @return what the response's body is to be shown to, as the application reads it
   */
  public ObservedBody response(int httpStatus, Headers headers) {
    Framing framing = Framing.of(headers.first("content-type"));
    boolean isStream = framing.isStream() || (route().streams() && httpStatus < 300);
    progress.head(httpStatus, isStream, headers);
    if (progress.isGranted()) {
      response.grant();
    } else if (progress.isRedirected()) {
      // No attempt at a model: what follows the redirect takes its number.
      takeBack();
    }
    String encoding = responseEncoding;
    ObservedBody body =
        ObservedBody.ofResponse(
            this,
            framing,
            batchDownload(),
            encoding == null ? headers.first("content-encoding") : encoding);
    responseBody = body;
    if (isOver()) {
      body.finish();
    }
    return body;
  }

  /** What a web socket's reader knows instead of a response's head. */
  void answered(int httpStatus) {
    progress.head(httpStatus, true, name -> null);
    if (progress.isGranted()) {
      response.grant();
    }
  }

  /** What {@link #requestBody} returned last, or null before that. */
  public @Nullable ObservedBody observedRequest() {
    return requestBody;
  }

  /** What {@link #response} returned, or null before that. */
  public @Nullable ObservedBody observedResponse() {
    return responseBody;
  }

  /** Takes the results of a batch job, where this is the download of a file that may have them. */
  private @Nullable BatchDownload batchDownload() {
    return route().endpoint() == Endpoint.BATCH_RESULTS
            && progress.isGranted()
            && route().dialect() instanceof BatchDialect batch
        ? new BatchDownload(batch, start, ledger)
        : null;
  }

  private @Nullable String inputFile() {
    return route().dialect() instanceof BatchDialect batch
        ? batch.inputFile(request, response)
        : null;
  }

  /** The batch job that this exchange was about, or null. */
  public @Nullable BatchJob batchJob() {
    return route().dialect() instanceof BatchDialect batch ? batch.job(response) : null;
  }

  /** Whether the exchange has made something, and not looked at what there was. */
  public boolean isMaking() {
    return requestBody != null;
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

  /**
   * The client has cancelled the attempt: for the application, or because its time was over.
   *
   * @param thrown what the transport threw for it, often no more than that a socket was closed
   * @param limitNanos how long a call may take in all, 0 when there is no limit
   */
  public void cancelled(Throwable thrown, long limitNanos) {
    // The client's clock began to run shortly before this one.
    boolean late = limitNanos > 0 && System.nanoTime() - start.nanos() >= limitNanos / 10 * 9;
    failed(
        late || Failure.TIMEOUT.equals(Failure.code(thrown)) ? Failure.TIMEOUT : Failure.CANCELLED);
  }

  /** It ended so before it was over. */
  void failed(String code) {
    end(Failure.CANCELLED.equals(code) ? Outcome.ABANDONED : Outcome.FAILED, code);
  }

  /** The response has come to its end. */
  public void completed() {
    end(Outcome.COMPLETED, null);
  }

  /** Whether a response's head has come: what is sent from now on is another attempt. */
  public boolean isAnswered() {
    return progress.isAnswered();
  }

  /** The application wants no more. An error has said everything with its status. */
  public void abandoned() {
    end(progress.isRefused() ? Outcome.COMPLETED : Outcome.ABANDONED, null);
  }

  /** It was no attempt after all: the client has answered by itself, and nothing was sent. */
  public void withdrawn() {
    if (over.compareAndSet(false, true)) {
      takeBack();
      admission.reservation().release();
      endUpload(null);
      Exchanges.closed(this);
    }
  }

  private void takeBack() {
    if (origin == null) {
      start.call().takeBack(start.number());
    }
  }

  /** Whether the exchange has ended: nothing that is said of it from now on counts. */
  public boolean isOver() {
    return over.get();
  }

  void requestSent() {
    progress.requestSent();
  }

  /** The request has been read to its end, and says all that it says. */
  void requestRead() {
    request.finish();
  }

  void firstByte() {
    progress.firstByte();
  }

  /** The body cannot be read: its encoding is unknown or corrupt, or the agent failed at it. */
  public void unreadable() {
    progress.unreadable();
  }

  /** What was read of the response is not one whole document: it was cut, or is no JSON. */
  void partial() {
    progress.partial();
  }

  private void end(Outcome how, @Nullable String code) {
    ObservedBody read = responseBody;
    if (read != null) {
      // What has come may be all that there is: then the exchange is complete.
      read.catchUp();
    }
    if (!over.compareAndSet(false, true)) {
      return;
    }
    progress.end(how, code);
    Unclosed watched = unclosed;
    if (watched != null) {
      unclosed = null;
      watched.forget();
    }
    stop(requestBody);
    stop(responseBody);
    stopped();
  }

  private void stop(@Nullable ObservedBody body) {
    if (body != null) {
      holds.incrementAndGet();
      if (body.stop()) {
        holds.decrementAndGet();
      }
    }
  }

  /** One thread less reads for this exchange, which is over. */
  void stopped() {
    if (holds.decrementAndGet() != 0) {
      return;
    }
    Exchanges.closed(this);
    try {
      if (progress.isAnswered()) {
        admission.sayUnchanged();
      }
      if (route().dialect().reportsUsage(route(), response)) {
        // At once, and not when the ledger comes to it, so that buffers go round.
        releaseTexts();
      }
      lookAtPending();
      endUpload(progress.isGranted() ? inputFile() : null);
      ledger.exchanges().accept(this);
    } catch (Throwable fault) {
      Log.fault("handing an exchange to the ledger", fault);
    }
  }

  /** At once: the answer may be asked for before the ledger comes to this. */
  private void lookAtPending() {
    if (!progress.isGranted()) {
      return;
    }
    Dialect dialect = route().dialect();
    if (origin != null) {
      settles = dialect.isSettled(response) && Exchanges.settle(origin.id());
      return;
    }
    String id = dialect.pendingId(request, response);
    if (id != null) {
      Exchanges.pending(new Pending.Origin(id, start, request, admission.reservation()));
    }
  }

  // What follows is read by the ledger, when the exchange is over.

  /** Where it went. */
  public Route route() {
    return start.route();
  }

  /** What the application said about who pays. */
  public Attribution attribution() {
    return start.call().attribution();
  }

  /** The call as the application's own telemetry observes it; null when it observes none. */
  public @Nullable HostCall hostCall() {
    return start.call().host().call();
  }

  /** What both sides said. */
  public Transcript transcript() {
    return route()
        .dialect()
        .transcript(route(), origin == null ? request : origin.request(), response);
  }

  /** What budgets have set aside for it. */
  public Reservation reservation() {
    return admission.reservation();
  }

  /** Whether it asks for the answer to another attempt, which is settled when that has come. */
  public boolean asksForAnother() {
    return origin != null;
  }

  /** The request, for counting its tokens. */
  public Reading request() {
    return request;
  }

  /** The response, for counting its tokens. */
  public Reading response() {
    return response;
  }

  /** Providers bill no error answers, and nothing that did not reach them as a whole. */
  public boolean mayHaveBeenBilled() {
    return progress.mayHaveBeenBilled();
  }

  /**
   * Whether what was read of the response is what was answered: a whole document, or all that came
   * of a stream, in an encoding that is known.
   */
  public boolean wasReadable() {
    return progress.isReadable();
  }

  /**
   * Whether this was a model call after all: at a host that no table knows, only what both sides
   * said can tell.
   */
  public boolean isModelCall() {
    if (progress.isRedirected()) {
      return false;
    }
    if (origin != null) {
      return settles;
    }
    Dialect dialect = route().dialect();
    if (dialect instanceof BatchDialect) {
      // Its lines are entries, it is none itself.
      return false;
    }
    return route().known() || dialect.isModelCall(request, response, progress.isConclusive());
  }

  /**
   * Gives back what was kept of both sides; nothing may be read any more. The rest lives as long as
   * what it travels with, of which the collector may have thousands that are dead.
   */
  public void release() {
    releaseTexts();
    Reading nothing = new Reading();
    request = nothing;
    response = nothing;
  }

  private void releaseTexts() {
    request.text().release();
    response.text().release();
  }

  /** The facts of the attempt. */
  public Attempt attempt(Transcript said) {
    return progress.attempt(start, said, admission.degradation());
  }
}
