package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.ledger.LedgerStats;
import io.costattr.export.Entries;
import io.costattr.export.Said;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector behind TLS, with a certificate of a private authority. */
class TlsTest {
  @TempDir Path directory;
  private Identity identity;
  private HttpReceiver server;

  @BeforeEach
  void start() throws Exception {
    identity = Identity.of(directory, "own", "localhost");
    server = new HttpReceiver(identity);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isTrustedByTheConfiguredCertificate() {
    send("otel.exporter.otlp.logs.certificate", identity.authority().toString());
    assertThat(server.received().events()).hasSize(1);
  }

  @Test
  void isNotTrustedWithoutIt() {
    try (Said said = new Said()) {
      send("otel.exporter.otlp.timeout", "5000");
      assertThat(server.received().events()).isEmpty();
      assertThat(said.lines()).singleElement().asString().contains("TLS fails", "certificat");
    }
  }

  private void send(String key, String value) {
    LedgerStats none = new LedgerStats(0, 0, 0, 0, Map.of());
    String endpoint = "https://localhost:" + server.port() + "/v1/logs";
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
}
