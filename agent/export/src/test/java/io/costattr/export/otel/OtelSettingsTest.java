package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.ledger.LedgerStats;
import io.costattr.export.Entries;
import io.costattr.export.Said;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtelSettingsTest {
  private final Said said = new Said();

  @AfterEach
  void restore() {
    said.close();
  }

  @Test
  void withNothingConfiguredEverythingGoesToACollectorOnThisMachine() {
    OtelSettings settings = settings();
    assertThat(signals(settings)).isEqualTo("traces metrics logs");
    assertThat(settings.properties(settings.given()))
        .containsEntry("otel.exporter.otlp.protocol", "http/protobuf")
        .containsEntry("otel.metric.export.interval", "15000");
  }

  @Test
  void anEventsFileAloneIsAllThatIsWritten() {
    assertThat(signals(settings("events.file", "x"))).isEmpty();
    assertThat(settings("events.file", "x").isOn()).isFalse();
    assertThat(signals(settings("events.file", "x", "otel.traces.exporter", "none"))).isEmpty();
  }

  @Test
  void anEventsFileAndACollectorAreBothServed() {
    assertThat(signals(settings("events.file", "x", "otel.exporter.otlp.endpoint", "http://c")))
        .isEqualTo("traces metrics logs");
    assertThat(
            signals(settings("events.file", "x", "otel.exporter.otlp.logs.endpoint", "http://c")))
        .isEqualTo("traces metrics logs");
    assertThat(
            signals(
                settings(
                    "events.file", "x",
                    "otel.logs.exporter", "otlp",
                    "otel.traces.exporter", "none")))
        .isEqualTo("metrics logs");
  }

  @Test
  void aDisabledSdkIsOff() {
    assertThat(settings("otel.sdk.disabled", "true").isOn()).isFalse();
  }

  @Test
  void exportersThatAreTheApplicationsOwnAreNamedAndLeftToIt() {
    assertThat(
            signals(
                settings(
                    "otel.traces.exporter", "zipkin", "otel.metrics.exporter", "otlp,prometheus")))
        .isEqualTo("metrics logs");
    assertThat(said.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("OTEL_TRACES_EXPORTER=zipkin"),
            line -> assertThat(line).contains("OTEL_METRICS_EXPORTER=prometheus"));
  }

  @Test
  void whoOnlyWritesAFileIsNotToldWhatTheApplicationsTelemetryIs() {
    settings(
        "events.file", "x",
        "otel.traces.exporter", "zipkin",
        "otel.config.file", "/etc/otel.yaml");
    assertThat(said.lines()).isEmpty();
  }

  @Test
  void costattrsOwnFormWins() {
    assertThat(
            signals(
                settings("otel.traces.exporter", "otlp", "costattr.otel.traces.exporter", "none")))
        .isEqualTo("metrics logs");
  }

  @Test
  void aConfigFileOfOpenTelemetryIsIgnoredInOneLine() {
    OtelSettings settings = settings("otel.config.file", "/etc/otel.yaml");
    assertThat(said.lines())
        .singleElement()
        .asString()
        .contains("OTEL_CONFIG_FILE is for the application and ignored here");
    assertThat(settings.properties(settings.given())).doesNotContainKey("otel.config.file");
  }

  @ParameterizedTest
  @CsvSource({
    "otel.bsp.schedule.delay, soon",
    "otel.blrp.max.queue.size, many",
    "otel.metric.export.interval, often",
    "otel.exporter.otlp.timeout, long",
    "otel.exporter.otlp.protocol, http/json",
    "otel.exporter.otlp.logs.protocol, carrier-pigeon",
    "otel.exporter.otlp.compression, zip9",
    "otel.exporter.otlp.certificate, /no/such/file.pem",
    "otel.exporter.otlp.metrics.temporality.preference, sometimes",
    "otel.traces.sampler, dice",
    "otel.attribute.count.limit, few",
    "otel.java.metrics.cardinality.limit, 0",
    "otel.resource.attributes, nonsense",
  })
  void aBadValueIsNamedInOneLineAndItsDefaultUsed(String key, String value) throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      LedgerStats none = new LedgerStats(0, 0, 0, 0, Map.of());
      OtlpSink sink =
          OtlpSink.open(
              settings("otel.exporter.otlp.endpoint", http.url(), key, value), () -> none);
      sink.accept(List.of(Entries.priced("e-1")));
      sink.close(Duration.ofSeconds(20));
      assertThat(http.received().spans()).hasSize(1);
      assertThat(http.received().events()).hasSize(1);
      assertThat(said.lines()).singleElement().asString().contains(OtelSettings.env(key));
    }
  }

  @Test
  void aSecretIsNotRepeated() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      LedgerStats none = new LedgerStats(0, 0, 0, 0, Map.of());
      OtlpSink sink =
          OtlpSink.open(
              settings(
                  "otel.exporter.otlp.endpoint",
                  http.url(),
                  "otel.exporter.otlp.headers",
                  "s3cret%zz"),
              () -> none);
      sink.close(Duration.ofSeconds(20));
      assertThat(said.lines()).allMatch(line -> !line.contains("s3cret"));
    }
  }

  private static OtelSettings settings(String... keysAndValues) {
    return OtelSettings.of(Entries.config(keysAndValues), new Properties());
  }

  private static String signals(OtelSettings settings) {
    return ((settings.traces() ? "traces " : "")
            + (settings.metrics() ? "metrics " : "")
            + (settings.logs() ? "logs" : ""))
        .trim();
  }
}
