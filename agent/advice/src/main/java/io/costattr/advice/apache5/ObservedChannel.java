package io.costattr.advice.apache5;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** Shows an observer what the connection takes of a request's body. */
record ObservedChannel(DataStreamChannel channel, ObservedBody observer)
    implements DataStreamChannel {
  @Override
  public void requestOutput() {
    channel.requestOutput();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    ByteBuffer written = source.duplicate();
    int count = channel.write(source);
    written.limit(source.position());
    observer.accept(written);
    return count;
  }

  @Override
  public void endStream() throws IOException {
    observer.ended();
    channel.endStream();
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
    observer.ended();
    channel.endStream(trailers);
  }
}
