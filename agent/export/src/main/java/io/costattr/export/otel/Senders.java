package io.costattr.export.otel;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Gives an exporter senders that look at what a collector answers when it accepts: it may have
 * rejected some of it all the same (OTLP specification, "Partial Success").
 */
final class Senders implements ComponentLoader {
  private final AtomicLong rejected = new AtomicLong();

  /** How many items were rejected of those accepted since the last time. */
  long takeRejected() {
    return rejected.getAndSet(0);
  }

  @Override
  public <T> Iterable<T> load(Class<T> kind) {
    if (kind == HttpSenderProvider.class) {
      HttpSenderProvider provider = config -> new WatchedHttpSender(new OtlpHttpSender(config));
      return List.of(kind.cast(provider));
    }
    ServiceLoader<T> found = ServiceLoader.load(kind, Senders.class.getClassLoader());
    if (kind == GrpcSenderProvider.class) {
      GrpcSenderProvider okhttp = (GrpcSenderProvider) found.findFirst().orElseThrow();
      GrpcSenderProvider provider = config -> new WatchedGrpcSender(okhttp.createSender(config));
      return List.of(kind.cast(provider));
    }
    return found;
  }

  private final class WatchedHttpSender implements HttpSender {
    private final HttpSender sender;

    WatchedHttpSender(HttpSender sender) {
      this.sender = sender;
    }

    @Override
    public void send(
        MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
      sender.send(
          message,
          response -> {
            if (response.getStatusCode() / 100 == 2) {
              rejected.addAndGet(PartialSuccess.rejected(response.getResponseBody()));
            }
            onResponse.accept(response);
          },
          onError);
    }

    @Override
    public CompletableResultCode shutdown() {
      return sender.shutdown();
    }
  }

  private final class WatchedGrpcSender implements GrpcSender {
    private final GrpcSender sender;

    WatchedGrpcSender(GrpcSender sender) {
      this.sender = sender;
    }

    @Override
    public void send(
        MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
      sender.send(
          message,
          response -> {
            if (response.getStatusCode() == GrpcStatusCode.OK) {
              rejected.addAndGet(PartialSuccess.rejected(response.getResponseMessage()));
            }
            onResponse.accept(response);
          },
          onError);
    }

    @Override
    public CompletableResultCode shutdown() {
      return sender.shutdown();
    }
  }
}
