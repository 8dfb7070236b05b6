package io.costattr.export.otel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.Config;
import io.costattr.core.ledger.Ledger;
import io.costattr.export.Entries;
import io.costattr.export.Said;
import io.costattr.export.Sinks;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Endpoints that are not as the configuration says. Each is told in one line that says what it is
 * and what to do, whatever is sent there, and the events are kept until it is mended.
 */
class BadEndpointTest {
  private static final String HTTP = "http/protobuf";
  private static final String GRPC = "grpc";

  @TempDir static Path identities;
  private static Identity own;
  private static Identity another;
  private static Identity elsewhere;
  private static Identity old;
  private static Identity early;

  @TempDir Path directory;
  private final Said said = new Said();

  @BeforeAll
  static void identify() throws Exception {
    own = Identity.of(identities, "own", "localhost");
    another = Identity.of(identities, "another", "localhost");
    elsewhere = Identity.of(identities, "elsewhere", "collector.example");
    old = Identity.of(identities, "old", "localhost", "-startdate", "-3d", "-validity", "1");
    early = Identity.of(identities, "early", "localhost", "-startdate", "+3d");
  }

  @AfterEach
  void restore() {
    said.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aWrongTokenOverHttp(int status) throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(HttpReceiver.status(status));
      assertThat(line(HTTP, http.url(), "otel.exporter.otlp.headers", "authorization=Bearer x"))
          .contains(
              "HTTP " + status, "does not accept the credentials", "OTEL_EXPORTER_OTLP_HEADERS");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAUTHENTICATED", "PERMISSION_DENIED"})
  void aWrongTokenOverGrpc(String status) throws Exception {
    try (GrpcReceiver grpc = new GrpcReceiver()) {
      grpc.answers(Status.fromCode(Status.Code.valueOf(status)));
      assertThat(line(GRPC, grpc.url(), "otel.exporter.otlp.headers", "authorization=Bearer x"))
          .contains(
              "gRPC " + status, "does not accept the credentials", "OTEL_EXPORTER_OTLP_HEADERS");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTP, GRPC})
  void aCertificateOfAnUnknownAuthority(String protocol) throws Exception {
    assertThat(lineOfTls(protocol, own))
        .contains("an authority that is not trusted", "OTEL_EXPORTER_OTLP_CERTIFICATE");
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTP, GRPC})
  void aCertificateOfAnotherAuthorityThanTheConfiguredOne(String protocol) throws Exception {
    assertThat(
            lineOfTls(
                protocol, own, "otel.exporter.otlp.certificate", another.authority().toString()))
        .contains("an authority that is not trusted", "OTEL_EXPORTER_OTLP_CERTIFICATE");
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTP, GRPC})
  void aCertificateForAnotherHost(String protocol) throws Exception {
    assertThat(
            lineOfTls(
                protocol,
                elsewhere,
                "otel.exporter.otlp.certificate",
                elsewhere.authority().toString()))
        .contains("is not for the host of the endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTP, GRPC})
  void aCertificateThatHasExpired(String protocol) throws Exception {
    assertThat(
            lineOfTls(protocol, old, "otel.exporter.otlp.certificate", old.authority().toString()))
        .contains("its certificate has expired");
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTP, GRPC})
  void aCertificateThatIsNotValidYet(String protocol) throws Exception {
    assertThat(
            lineOfTls(
                protocol, early, "otel.exporter.otlp.certificate", early.authority().toString()))
        .contains("its certificate is not valid yet");
  }

  @Test
  void plainTextWhereTlsIsSpokenOverHttp() throws Exception {
    try (HttpReceiver http = new HttpReceiver(own)) {
      assertThat(line(HTTP, http.url())).contains("it wants TLS", "https://");
    }
  }

  @Test
  void plainTextWhereTlsIsSpokenOverGrpc() throws Exception {
    try (GrpcReceiver grpc = new GrpcReceiver(own)) {
      assertThat(line(GRPC, grpc.url())).contains("it wants TLS", "https://");
    }
  }

  @Test
  void plainTextWhereTheAnswerSaysThatTlsIsSpoken() throws Exception {
    // As Go's net/http answers, of which the collector is made.
    String answer =
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
    try (Raw raw = new Raw(answer.getBytes(US_ASCII))) {
      assertThat(line(HTTP, raw.url("http"))).contains("it wants TLS", "https://");
    }
  }

  @Test
  void tlsWherePlainTextIsSpokenOverHttp() throws Exception {
    // As Go's net/http answers what is no request.
    String answer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n400 Bad Request";
    try (Raw raw = new Raw(answer.getBytes(US_ASCII))) {
      assertThat(line(HTTP, raw.url("https"))).contains("does not speak TLS", "http://");
    }
  }

  @Test
  void tlsWherePlainTextIsSpokenOverGrpc() throws Exception {
    try (GrpcReceiver grpc = new GrpcReceiver()) {
      assertThat(line(GRPC, "https://localhost:" + grpc.port()))
          .contains("does not speak TLS", "http://");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTP, GRPC})
  void tlsWhereTheConnectionIsEndedAtOnce(String protocol) throws Exception {
    try (Raw raw = new Raw(new byte[0])) {
      assertThat(line(protocol, raw.url("https"))).contains("TLS fails", "http://");
    }
  }

  private String lineOfTls(String protocol, Identity identity, String... more) throws Exception {
    if (protocol.equals(GRPC)) {
      try (GrpcReceiver grpc = new GrpcReceiver(identity)) {
        return line(protocol, "https://localhost:" + grpc.port(), more);
      }
    }
    try (HttpReceiver http = new HttpReceiver(identity)) {
      return line(protocol, "https://localhost:" + http.port(), more);
    }
  }

  /** The one line that is said of that endpoint before the end. */
  private String line(String protocol, String endpoint, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "otel.exporter.otlp.endpoint",
                endpoint,
                "otel.exporter.otlp.protocol",
                protocol,
                "otel.metric.export.interval",
                "200",
                "otel.blrp.schedule.delay",
                "100",
                "otel.bsp.schedule.delay",
                "100",
                "spool",
                directory.resolve("spool").toString()));
    all.addAll(Arrays.asList(more));
    Config config = Entries.config(all.toArray(String[]::new));
    Ledger ledger = Ledger.open(stats -> Sinks.open(config, stats), config);
    ledger.offer(() -> Entries.priced("e-1"));
    said.await("to the collector at");
    ledger.offer(() -> Entries.priced("e-2"));
    ledger.close(Duration.ofSeconds(20));
    assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
    assertThat(said.lines()).hasSize(2);
    assertThat(said.lines().get(1)).contains("2 events", "kept in");
    String line = said.lines().get(0);
    assertThat(line).contains("to the collector at " + endpoint + ":").doesNotContain("Bearer");
    return line;
  }

  /** A server that answers everything in the same way and hangs up. */
  private static final class Raw implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Raw(byte[] answer) throws IOException {
      Thread thread =
          new Thread(
              () -> {
                while (!server.isClosed()) {
                  try (Socket socket = server.accept()) {
                    InputStream in = socket.getInputStream();
                    in.read(new byte[64 * 1024]);
                    socket.getOutputStream().write(answer);
                    socket.shutdownOutput();
                    in.transferTo(OutputStream.nullOutputStream());
                  } catch (IOException e) {
                    // The next one.
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    String url(String scheme) {
      return scheme + "://localhost:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
