package io.costattr.advice.apache5;

import io.costattr.advice.stream.ObservedInputStream;
import io.costattr.advice.stream.ObservedOutputStream;
import io.costattr.core.Log;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.apache.hc.core5.http.io.EofSensorWatcher;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The entity of a response, around the library's own, which releases the connection: what is read
 * of it is shown to an observer as well.
 */
final class ObservedEntity extends HttpEntityWrapper {
  private final HttpEntity entity;
  private final ObservedBody observer;

  private ObservedEntity(HttpEntity entity, ObservedBody observer) {
    super(entity);
    this.entity = entity;
    this.observer = observer;
  }

  /** The attempt is over, or its body begins. */
  static void put(
      @Nullable Exchange exchange,
      @Nullable ClassicHttpResponse response,
      @Nullable Throwable thrown) {
    if (exchange == null) {
      return;
    }
    if (thrown != null) {
      exchange.failed(thrown);
      return;
    }
    try {
      if (response != null) {
        ObservedBody observer = exchange.response(response.getCode(), Apache5.headers(response));
        HttpEntity entity = response.getEntity();
        if (entity != null && entity.isStreaming()) {
          ObservedEntity observed = new ObservedEntity(entity, observer);
          response.setEntity(observed);
          exchange.watch(observed);
          return;
        }
      }
    } catch (Throwable fault) {
      Log.fault("reading a response of Apache HttpClient 5", fault);
      exchange.unreadable();
    }
    exchange.completed();
  }

  @Override
  public InputStream getContent() throws IOException {
    InputStream content = entity.getContent();
    if (content == null) {
      return content;
    }
    ObservedInputStream observed = new ObservedInputStream(content, observer, this);
    if (content instanceof ChunkedInputStream chunks) {
      return new ObservedChunks(chunks, observed);
    }
    return content instanceof EofSensorInputStream sensor
        ? new EofSensorInputStream(observed, new Passing(sensor))
        : observed;
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    try {
      // Closed by none but its owner.
      entity.writeTo(stream == null ? stream : new ObservedOutputStream(stream, observer));
    } catch (Throwable thrown) {
      observer.failed(thrown);
      throw thrown;
    }
    observer.ended();
  }

  @Override
  public void close() throws IOException {
    observer.closed();
    super.close();
  }

  @Override
  public String toString() {
    return entity.toString();
  }

  /** The class of the stream is of the API: it can be aborted. */
  private record Passing(EofSensorInputStream sensor) implements EofSensorWatcher {
    @Override
    public boolean eofDetected(InputStream wrapped) {
      return false;
    }

    @Override
    public boolean streamClosed(InputStream wrapped) {
      return true;
    }

    @Override
    public boolean streamAbort(InputStream wrapped) throws IOException {
      // Closing would read on to the end.
      ((ObservedInputStream) wrapped).left();
      sensor.abort();
      return false;
    }
  }
}
