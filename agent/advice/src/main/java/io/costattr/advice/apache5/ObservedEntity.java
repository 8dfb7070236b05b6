package io.costattr.advice.apache5;

import io.costattr.advice.stream.FilteredInputStream;
import io.costattr.advice.stream.ObservedInputStream;
import io.costattr.advice.stream.ObservedOutputStream;
import io.costattr.core.Log;
import io.costattr.core.amend.BodyFilter;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.StreamUsage;
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
  private final @Nullable BodyFilter filter;

  private ObservedEntity(HttpEntity entity, ObservedBody observer, @Nullable BodyFilter filter) {
    super(entity);
    this.entity = entity;
    this.observer = observer;
    this.filter = filter;
  }

  /** The attempt is over, or its body begins. */
  static void put(
      @Nullable Exchange exchange,
      @Nullable ClassicHttpResponse response,
      @Nullable Throwable thrown) {
    if (exchange == null || exchange.denial() != null) {
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
          ObservedEntity observed =
              new ObservedEntity(
                  entity, observer, StreamUsage.filter(exchange, response.getCode()));
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
    InputStream read = filter == null ? observed : new FilteredInputStream(observed, filter);
    if (content instanceof ChunkedInputStream chunks) {
      return new ObservedChunks(chunks, read);
    }
    return content instanceof EofSensorInputStream sensor
        ? new EofSensorInputStream(read, new Passing(sensor, observed))
        : read;
  }

  /** Not known where something may be taken out. */
  @Override
  public long getContentLength() {
    return filter == null ? entity.getContentLength() : -1;
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    if (filter != null && stream != null) {
      try (InputStream content = getContent()) {
        content.transferTo(stream);
      }
      return;
    }
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
  private record Passing(EofSensorInputStream sensor, ObservedInputStream observed)
      implements EofSensorWatcher {
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
      observed.left();
      sensor.abort();
      return false;
    }
  }
}
