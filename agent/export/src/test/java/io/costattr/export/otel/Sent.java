package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.export.Entries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a sink has sent to a collector by the time it is closed. */
final class Sent {
  static final Duration LIMIT = Duration.ofSeconds(20);

  private Sent() {}

  static Received send(CostEvent... events) throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink = open("otel.exporter.otlp.endpoint", http.url());
      sink.accept(List.of(events));
      sink.close(LIMIT);
      assertThat(sink.lost()).isZero();
      return http.received();
    }
  }

  static OtlpSink open(String... keysAndValues) {
    LedgerStats none = new LedgerStats(0, 0, 0, 0, Map.of());
    return OtlpSink.open(
        OtelSettings.of(Entries.config(keysAndValues), new Properties()), () -> none);
  }
}
