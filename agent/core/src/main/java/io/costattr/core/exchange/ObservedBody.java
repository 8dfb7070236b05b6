package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Reading;
import io.costattr.core.scan.BodyReader;
import io.costattr.core.scan.ContentDecoder;
import io.costattr.core.scan.JsonScanner;
import io.costattr.core.scan.JsonShape;
import io.costattr.core.scan.SseJson;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body as the application reads or writes it: advice shows it every byte that passes, and how it
 * ends. It keeps nothing of the bytes, never throws, and switches itself off when anything inside
 * fails. Bytes come from one thread at a time; the end may come from another, and may come twice.
 */
public final class ObservedBody {
  private final Exchange exchange;
  private final @Nullable JsonScanner json;
  private final ContentDecoder decoder;
  private final boolean isResponse;
  private boolean started;
  private volatile boolean off;

  private ObservedBody(
      Exchange exchange,
      boolean isResponse,
      BodyReader reader,
      @Nullable JsonScanner json,
      @Nullable String contentEncoding) {
    this.exchange = exchange;
    this.isResponse = isResponse;
    this.json = json;
    this.decoder = new ContentDecoder(contentEncoding, reader);
  }

  static ObservedBody ofRequest(
      Exchange exchange, JsonShape shape, Reading into, @Nullable String contentEncoding) {
    JsonScanner json = new JsonScanner(shape, into);
    return new ObservedBody(exchange, false, json, json, contentEncoding);
  }

  static ObservedBody ofResponse(
      Exchange exchange,
      Dialect dialect,
      Reading into,
      boolean streamed,
      boolean successful,
      @Nullable String contentEncoding) {
    if (!streamed) {
      JsonScanner json = new JsonScanner(dialect.responseShape(), into);
      return new ObservedBody(exchange, true, json, json, contentEncoding);
    }
    SseJson events =
        new SseJson(
            dialect.responseShape(),
            into,
            new SseJson.Listener() {
              @Override
              public void eventEnd(boolean malformedJson) {
                if (successful && dialect.isTerminal(into)) {
                  exchange.completed();
                }
              }

              @Override
              public void done() {
                exchange.completed();
              }
            });
    return new ObservedBody(exchange, true, events, null, contentEncoding);
  }

  /** The next bytes of the body; read during the call, never kept, never changed. */
  public void accept(byte[] bytes, int offset, int length) {
    if (off || length <= 0) {
      return;
    }
    try {
      begin();
      decoder.accept(bytes, offset, length);
      look();
    } catch (Throwable fault) {
      switchOff(fault);
    }
  }

  /** The remaining bytes of the buffer, read at absolute positions. */
  public void accept(ByteBuffer buffer) {
    if (off || !buffer.hasRemaining()) {
      return;
    }
    try {
      begin();
      decoder.accept(buffer);
      look();
    } catch (Throwable fault) {
      switchOff(fault);
    }
  }

  private void begin() {
    if (!started) {
      started = true;
      if (isResponse) {
        exchange.firstByte();
      }
    }
  }

  /** Most clients close a body without reading on to its end: a whole document is the end. */
  private void look() {
    if (isResponse && json != null && json.complete()) {
      close();
      exchange.completed();
    }
  }

  /** The body has been read, or written, to its end. */
  public void ended() {
    close();
    if (isResponse) {
      exchange.completed();
    } else {
      exchange.requestSent();
    }
  }

  /** The application has closed or cancelled the body before its end. */
  public void closed() {
    close();
    if (isResponse) {
      exchange.abandoned();
    }
  }

  /** The body broke off. */
  public void failed(Throwable cause) {
    close();
    if (isResponse) {
      exchange.failed(cause);
    }
  }

  private void close() {
    if (off) {
      return;
    }
    off = true;
    try {
      decoder.end();
      if (isResponse
          && (decoder.unsupported()
              || decoder.corrupt()
              || decoder.limited()
              || (started && json != null && !json.complete()))) {
        exchange.unreadable();
      }
    } catch (Throwable fault) {
      switchOff(fault);
    } finally {
      decoder.close();
    }
  }

  private void switchOff(Throwable fault) {
    off = true;
    if (isResponse) {
      exchange.unreadable();
    }
    Log.fault("reading a body", fault);
  }
}
