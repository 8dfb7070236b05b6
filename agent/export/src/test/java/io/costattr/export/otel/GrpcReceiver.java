package io.costattr.export.otel;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A collector that speaks OTLP/gRPC on loopback. */
final class GrpcReceiver implements AutoCloseable {
  private static final Marshaller<byte[]> BYTES =
      new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        }
      };

  private final Received received = new Received();
  private final Server server;
  private volatile Status status = Status.OK;
  private volatile byte[] acceptance = {};

  GrpcReceiver() throws IOException {
    this(null);
  }

  /**
   * @param identity whose certificate it shows; null for one that speaks no TLS
   */
  GrpcReceiver(@Nullable Identity identity) throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    if (identity != null) {
      builder.useTransportSecurity(identity.certificate().toFile(), identity.key().toFile());
    }
    server =
        builder
            .addService(service("opentelemetry.proto.collector.trace.v1.TraceService", "traces"))
            .addService(service("opentelemetry.proto.collector.logs.v1.LogsService", "logs"))
            .addService(
                service("opentelemetry.proto.collector.metrics.v1.MetricsService", "metrics"))
            .build()
            .start();
  }

  void answers(Status status) {
    this.status = status;
  }

  /** Takes what comes, and answers with that message. */
  void accepts(byte[] message) {
    acceptance = message;
  }

  String url() {
    return "http://localhost:" + port();
  }

  int port() {
    return server.getPort();
  }

  Received received() {
    return received;
  }

  private BindableService service(String name, String signal) {
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.newBuilder(BYTES, BYTES)
            .setType(MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(name, "Export"))
            .build();
    ServerCallHandler<byte[], byte[]> handler =
        (call, headers) -> {
          call.request(1);
          return new ServerCall.Listener<>() {
            @Override
            public void onMessage(byte[] body) {
              answer(signal, body, call);
            }
          };
        };
    return () -> ServerServiceDefinition.builder(name).addMethod(export, handler).build();
  }

  private void answer(String signal, byte[] body, ServerCall<byte[], byte[]> call) {
    Status now = status;
    try {
      if (now.isOk()) {
        received.take(signal, body);
        call.sendHeaders(new Metadata());
        call.sendMessage(acceptance);
      }
      call.close(now, new Metadata());
      received.requested();
    } catch (Exception e) {
      call.close(Status.INTERNAL.withCause(e), new Metadata());
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
