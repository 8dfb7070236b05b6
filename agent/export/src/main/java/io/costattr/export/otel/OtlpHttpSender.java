package io.costattr.export.otel;

import io.costattr.core.AgentThread;
import io.opentelemetry.api.impl.InstrumentationUtil;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Sends each request of OTLP/HTTP once. In place of OpenTelemetry's own sender on OkHttp, which
 * tells nobody of {@code Retry-After} and waits for it itself, but not longer than a request may
 * take; the {@link Outbox} waits as long as the collector says.
 */
final class OtlpHttpSender implements HttpSender {

  /** Enough for what a collector has to say: a partial success, or an error. */
  private static final long MOST_OF_AN_ANSWER = 64 * 1024;

  /** One is under way, and those that were given up may be. */
  private static final int MOST_REQUESTS = 5;

  private final HttpSenderConfig config;
  private final OkHttpClient client;
  private final MediaType contentType;

  OtlpHttpSender(HttpSenderConfig config) {
    this.config = config;
    this.contentType = MediaType.get(config.getContentType());
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher())
            .connectTimeout(config.getConnectTimeout())
            .callTimeout(config.getTimeout());
    if (config.getProxyOptions() != null) {
      builder.proxySelector(config.getProxyOptions().getProxySelector());
    }
    if (config.getEndpoint().getScheme().equals("http")) {
      builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    } else {
      tls(builder);
    }
    client = builder.build();
  }

  private static Dispatcher dispatcher() {
    Dispatcher dispatcher =
        new Dispatcher(
            new ThreadPoolExecutor(
                0,
                MOST_REQUESTS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new AgentThread("costattr-send", work)));
    dispatcher.setMaxRequests(MOST_REQUESTS);
    return dispatcher;
  }

  private void tls(OkHttpClient.Builder builder) {
    SSLContext context = config.getSslContext();
    X509TrustManager trust = config.getTrustManager();
    if (context != null && trust != null) {
      builder.sslSocketFactory(context.getSocketFactory(), trust);
    }
    List<String> protocols = config.getEnabledProtocols();
    if (protocols != null && !protocols.isEmpty()) {
      TlsVersion[] versions =
          protocols.stream().map(TlsVersion::forJavaName).toArray(TlsVersion[]::new);
      builder.connectionSpecs(
          List.of(
              new ConnectionSpec.Builder(ConnectionSpec.COMPATIBLE_TLS)
                  .tlsVersions(versions)
                  .build()));
    }
  }

  /**
   * An answer.
   *
   * @param retryAfter what the collector said of when to come again, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // two are never compared
  record Answer(int status, String message, byte[] body, @Nullable String retryAfter)
      implements HttpResponse {

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return message;
    }

    @Override
    public byte[] getResponseBody() {
      return body;
    }
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    Request.Builder request =
        new Request.Builder().url(config.getEndpoint().toString()).post(new Body(message));
    Map<String, List<String>> headers = config.getHeadersSupplier().get();
    headers.forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
    Compressor compressor = config.getCompressor();
    if (compressor != null) {
      request.addHeader("Content-Encoding", compressor.getEncoding());
    }
    Callback callback =
        new Callback() {
          @Override
          public void onFailure(Call call, IOException fault) {
            onError.accept(fault);
          }

          @Override
          public void onResponse(Call call, Response response) {
            try (response) {
              onResponse.accept(answer(response));
            } catch (IOException fault) {
              onError.accept(fault);
            }
          }
        };
    try {
      InstrumentationUtil.suppressInstrumentation(
          () -> client.newCall(request.build()).enqueue(callback));
    } catch (RejectedExecutionException shutDown) {
      onError.accept(shutDown);
    }
  }

  private static Answer answer(Response response) throws IOException {
    byte[] body = response.peekBody(MOST_OF_AN_ANSWER).bytes();
    return new Answer(response.code(), response.message(), body, response.header("Retry-After"));
  }

  @Override
  public CompletableResultCode shutdown() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdownNow();
    return CompletableResultCode.ofSuccess();
  }

  /** A message on the wire. */
  private final class Body extends RequestBody {
    private final MessageWriter message;

    Body(MessageWriter message) {
      this.message = message;
    }

    @Override
    public MediaType contentType() {
      return contentType;
    }

    @Override
    public long contentLength() {
      return config.getCompressor() == null ? message.getContentLength() : -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      Compressor compressor = config.getCompressor();
      if (compressor == null) {
        message.writeMessage(sink.outputStream());
        return;
      }
      try (BufferedSink compressed =
          Okio.buffer(Okio.sink(compressor.compress(sink.outputStream())))) {
        message.writeMessage(compressed.outputStream());
      }
    }
  }
}
