package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.export.Entries;
import io.costattr.export.Said;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector behind TLS, with a certificate of a private authority. */
class TlsTest {
  private static final String PASSWORD = "for-this-test-only";

  @TempDir Path directory;
  private final Received received = new Received();
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    Path store = directory.resolve("store.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-alias",
        "a",
        "-rfc",
        "-keystore",
        store.toString(),
        "-file",
        directory.resolve("ca.pem").toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/v1/logs",
        exchange -> {
          try {
            received.take("logs", exchange.getRequestBody().readAllBytes());
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void isTrustedByTheConfiguredCertificate() {
    send("otel.exporter.otlp.logs.certificate", directory.resolve("ca.pem").toString());
    assertThat(received.events()).hasSize(1);
  }

  @Test
  void isNotTrustedWithoutIt() {
    try (Said said = new Said()) {
      send("otel.exporter.otlp.timeout", "5000");
      assertThat(received.events()).isEmpty();
      assertThat(said.lines()).singleElement().asString().contains("TLS fails", "certificat");
    }
  }

  private void send(String key, String value) {
    LedgerStats none = new LedgerStats(0, 0, 0, 0, Map.of());
    String endpoint = "https://localhost:" + server.getAddress().getPort() + "/v1/logs";
    OtlpSink sink =
        OtlpSink.open(
            OtelSettings.of(
                Entries.config(
                    "otel.exporter.otlp.logs.endpoint",
                    endpoint,
                    "otel.traces.exporter",
                    "none",
                    "otel.metrics.exporter",
                    "none",
                    key,
                    value),
                new Properties()),
            () -> none);
    sink.accept(List.of(Entries.priced("e-1")));
    sink.close(Duration.ofSeconds(20));
  }

  private static void keytool(String... arguments) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.command().addAll(List.of(arguments));
    command.command().addAll(List.of("-storepass", PASSWORD));
    assertThat(command.redirectErrorStream(true).start().waitFor()).isZero();
  }
}
