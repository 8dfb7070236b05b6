package io.costattr.advice.okhttp;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.Request;
import okio.Buffer;
import okio.ForwardingSink;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * At {@code createRequestBody}, which makes the sink that the request's body is written to: below
 * whatever wrote it, so that bodies that can be written only once are seen as well.
 */
public final class RequestBodyAdvice {
  private RequestBodyAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Argument(0) Request request, @Advice.Return @Nullable Sink sink) {
    Exchange exchange = Exchange.current(InterceptAdvice.SUBJECT);
    if (exchange == null || sink == null) {
      return null;
    }
    return new ObservedSink(sink, exchange.requestBody(request.header("Content-Encoding")));
  }

  private static final class ObservedSink extends ForwardingSink {
    private final ObservedBody observer;
    private final SegmentReader reader = new SegmentReader();

    ObservedSink(Sink sink, ObservedBody observer) {
      super(sink);
      this.observer = observer;
    }

    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      reader.show(source, 0, byteCount, observer);
      super.write(source, byteCount);
    }

    @Override
    public void close() throws IOException {
      super.close();
      observer.ended();
    }
  }
}
