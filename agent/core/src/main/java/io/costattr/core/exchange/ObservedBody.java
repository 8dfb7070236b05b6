package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Reading;
import io.costattr.core.scan.BodyReader;
import io.costattr.core.scan.ContentDecoder;
import io.costattr.core.scan.FirstEvent;
import io.costattr.core.scan.JsonLines;
import io.costattr.core.scan.JsonScanner;
import io.costattr.core.scan.RequestScanner;
import io.costattr.core.scan.SseJson;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A body as the application reads or writes it: advice shows it every byte that passes, and how it
 * ends. It keeps nothing of the bytes, never throws, never waits, and switches itself off when
 * anything inside fails. Bytes come from one thread at a time; the end may come from another, in
 * the midst of them, and more than once.
 *
 * <pre>
 *           accept               stop while reading
 *   IDLE ───────────► READING ──────────────────────► STOPPING
 *     ▲ ◄───────────── │                                 │
 *     └─ stop ─► OFF ◄─┴─ whole, or a fault              └─ read ─► OFF
 * </pre>
 */
public final class ObservedBody {
  private static final int IDLE = 0;
  private static final int READING = 1;
  private static final int STOPPING = 2;
  private static final int OFF = 3;

  /** Whose body it is. */
  private enum Side {
    REQUEST,
    RESPONSE,
    /** A request's, read before it is sent. */
    PREVIEW
  }

  private final Exchange exchange;
  private final Side side;
  private @Nullable BodyReader document;
  private BodyReader reader;

  /** Null once the body is over: an application may keep what carries this for long. */
  private @Nullable ContentDecoder decoder;

  private final AtomicInteger state = new AtomicInteger(IDLE);
  private boolean started;
  private boolean terminated;

  private ObservedBody(
      Exchange exchange,
      Side side,
      BodyReader reader,
      @Nullable BodyReader document,
      @Nullable String contentEncoding) {
    this.exchange = exchange;
    this.side = side;
    this.document = document;
    this.reader = reader;
    this.decoder = new ContentDecoder(contentEncoding, reader);
  }

  static ObservedBody ofRequest(
      Exchange exchange, RequestScanner request, @Nullable String contentEncoding) {
    return new ObservedBody(exchange, Side.REQUEST, request, request, contentEncoding);
  }

  /** Of a request that is not being sent yet. */
  static ObservedBody ofPreview(
      Exchange exchange, BodyReader request, @Nullable String contentEncoding) {
    return new ObservedBody(exchange, Side.PREVIEW, request, request, contentEncoding);
  }

  /**
   * @param results takes the lines of a batch job's results; null for any other response
   */
  static ObservedBody ofResponse(
      Exchange exchange,
      Framing framing,
      @Nullable BatchDownload results,
      @Nullable String contentEncoding) {
    Dialect dialect = exchange.route().dialect();
    Reading into = exchange.response();
    if (results != null) {
      return ofResults(exchange, results, contentEncoding);
    }
    return switch (framing) {
      case EVENTS -> {
        End end = new End(dialect, into);
        yield ofStream(
            exchange,
            new FirstEvent(new SseJson(dialect.responseShape(), into, end)),
            end,
            contentEncoding);
      }
      case LINES -> {
        End end = new End(dialect, into);
        yield ofStream(
            exchange, new JsonLines(dialect.responseShape(), into, end), end, contentEncoding);
      }
      case DOCUMENT -> {
        JsonScanner json = new JsonScanner(dialect.responseShape(), into);
        yield new ObservedBody(exchange, Side.RESPONSE, json, json, contentEncoding);
      }
      case OPAQUE -> new ObservedBody(exchange, Side.RESPONSE, UNREAD, null, null);
    };
  }

  private boolean isResponse() {
    return side == Side.RESPONSE;
  }

  /** Of a body of which nothing is read but its end. */
  private static final BodyReader UNREAD =
      new BodyReader() {
        @Override
        public void accept(byte[] bytes, int offset, int length) {}

        @Override
        public void end() {}
      };

  private static ObservedBody ofResults(
      Exchange exchange, BatchDownload download, @Nullable String contentEncoding) {
    ResultLines results = new ResultLines(download);
    JsonLines reader = new JsonLines(download.shape(), results, results);
    ObservedBody body = new ObservedBody(exchange, Side.RESPONSE, reader, null, contentEncoding);
    results.stops(body);
    return body;
  }

  /** What is read behind this place is of no interest. */
  void terminate() {
    terminated = true;
  }

  private static ObservedBody ofStream(
      Exchange exchange, BodyReader reader, End end, @Nullable String contentEncoding) {
    ObservedBody body = new ObservedBody(exchange, Side.RESPONSE, reader, null, contentEncoding);
    end.body = body;
    return body;
  }

  /** Knows the end of a stream of events, behind which clients do not read on. */
  private static final class End implements SseJson.Listener {
    private final Dialect dialect;
    private final Reading into;
    private @Nullable ObservedBody body;

    End(Dialect dialect, Reading into) {
      this.dialect = dialect;
      this.into = into;
    }

    @Override
    public void eventEnd(boolean malformedJson) {
      if (dialect.isTerminal(into)) {
        done();
      }
    }

    @Override
    public void done() {
      into.seal();
      ObservedBody ended = body;
      if (ended != null) {
        ended.terminate();
      }
    }
  }

  /** The next bytes of the body; read during the call, never kept, never changed. */
  public void accept(byte[] bytes, int offset, int length) {
    if (length <= 0 || !state.compareAndSet(IDLE, READING)) {
      return;
    }
    boolean fault = false;
    try {
      begin();
      ContentDecoder to = decoder;
      if (to != null) {
        to.accept(bytes, offset, length);
      }
    } catch (Throwable thrown) {
      fault = fault(thrown);
    } finally {
      read(fault);
    }
  }

  /** The remaining bytes of the buffer, read at absolute positions. */
  public void accept(ByteBuffer buffer) {
    if (!buffer.hasRemaining() || !state.compareAndSet(IDLE, READING)) {
      return;
    }
    boolean fault = false;
    try {
      begin();
      ContentDecoder to = decoder;
      if (to != null && reader != UNREAD) {
        to.accept(buffer);
      }
    } catch (Throwable thrown) {
      fault = fault(thrown);
    } finally {
      read(fault);
    }
  }

  /** Reads what has been shown and is not read yet: the exchange is about to end. */
  void catchUp() {
    if (!state.compareAndSet(IDLE, READING)) {
      return;
    }
    boolean fault = false;
    try {
      if (reader instanceof FirstEvent first) {
        first.flush();
      }
    } catch (Throwable thrown) {
      fault = fault(thrown);
    } finally {
      read(fault);
    }
  }

  private void begin() {
    if (!started) {
      started = true;
      if (isResponse()) {
        exchange.firstByte();
      }
    }
  }

  private void read(boolean fault) {
    // Most clients close a body without reading on to its end: a whole document is the end.
    boolean whole = terminated || (document != null && document.complete());
    if (!whole && !fault && state.compareAndSet(READING, IDLE)) {
      return;
    }
    if (whole && side == Side.REQUEST) {
      // The client may see the connection break before it says that all is written.
      exchange.requestSent();
      exchange.requestRead();
    }
    conclude();
    off();
    if (whole && isResponse()) {
      exchange.completed();
    }
  }

  /** The body has been read, or written, to its end. */
  public void ended() {
    switch (side) {
      case RESPONSE -> exchange.completed();
      case REQUEST -> {
        finish();
        exchange.requestSent();
      }
      case PREVIEW -> finish();
    }
  }

  /** The application has closed or cancelled the body before its end. */
  public void closed() {
    if (isResponse()) {
      exchange.abandoned();
    }
  }

  /** The body broke off. */
  public void failed(Throwable cause) {
    if (isResponse()) {
      exchange.failed(cause);
    }
  }

  /**
   * Takes no further bytes, for the end of the exchange, which comes once.
   *
   * @return false when another thread is still busy here: it will call {@link Exchange#stopped}
   *     when it is done
   */
  boolean stop() {
    while (true) {
      switch (state.get()) {
        case IDLE -> {
          if (finish()) {
            return true;
          }
        }
        case READING -> {
          if (state.compareAndSet(READING, STOPPING)) {
            return false;
          }
        }
        default -> {
          return true;
        }
      }
    }
  }

  /**
   * Takes no further bytes from now on, unless it is being read: then its reader, or the end of the
   * exchange, will see to that.
   */
  boolean finish() {
    if (!state.compareAndSet(IDLE, READING)) {
      return false;
    }
    conclude();
    off();
    return true;
  }

  private void off() {
    if (state.getAndSet(OFF) == STOPPING) {
      exchange.stopped();
    }
  }

  private void conclude() {
    ContentDecoder ended = decoder;
    if (ended == null) {
      return;
    }
    try {
      ended.end();
      if (isResponse() && (ended.unsupported() || ended.corrupt() || ended.limited())) {
        exchange.unreadable();
      } else if (isResponse() && document != null && !document.complete()) {
        exchange.partial();
      }
    } catch (Throwable thrown) {
      fault(thrown);
    } finally {
      ended.close();
      decoder = null;
      document = null;
      reader = UNREAD;
    }
  }

  private boolean fault(Throwable thrown) {
    if (isResponse()) {
      exchange.unreadable();
    }
    Log.fault("reading a body", thrown);
    return true;
  }
}
