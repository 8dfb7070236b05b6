package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.Breaker;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.file.FileStore;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.core.price.PriceBook;
import io.costattr.export.Entries;
import io.costattr.export.Registry;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What really leaves the agent, held against the registry. */
class EmittedNamesTest {
  private static final List<CostEvent> ALL =
      List.of(
          Entries.priced("e-1"),
          Entries.withCacheWrite("e-2"),
          Entries.unpriced("e-3"),
          Entries.refused("e-4"),
          Entries.embedding("e-5"),
          Entries.contradictory("e-6"),
          Entries.guarded("e-9"),
          Entries.pricedUntil("e-7", Entries.STARTED),
          Entries.batchLine("e-8"));

  private final Registry registry = Registry.read();
  private @Nullable Budgets budgets;

  @BeforeEach
  void budgets(@TempDir Path directory) throws IOException {
    Path policy = directory.resolve("costattr.yaml");
    Files.writeString(
        policy,
        """
        budgets:
        - {name: customers, each: customer_id, limit: $50, window: month}
        - {name: calls, limit: 5 calls, window: day}
        - {name: all, limit: $500, window: day}
        """);
    Budgets begun =
        new Budgets(
            new Budgets.Settings(
                policy,
                Duration.ZERO,
                Duration.ofMinutes(1),
                null,
                new Breaker.Settings(1, false, Duration.ofMinutes(1))),
            FileStore.inMemory(InstantSource.system()),
            PriceBook::builtIn,
            InstantSource.system(),
            notice -> {});
    begun.poll();
    Budgets.run(begun);
    budgets = begun;
  }

  @AfterEach
  void noBudgets() {
    Budgets.run(null);
    if (budgets != null) {
      budgets.close(Duration.ofSeconds(20));
    }
  }

  @Test
  void everyMetricIsInTheRegistryWithItsUnitAndKindAndEveryOneOfTheRegistryIsEmitted()
      throws Exception {
    Map<String, String> registered = new HashMap<>();
    for (Registry.Entry metric : registry.section("metrics")) {
      registered.put(metric.text("name"), metric.text("kind") + " " + metric.text("unit"));
    }
    Map<String, String> emitted = new HashMap<>();
    for (Metric metric : metrics()) {
      String kind = metric.hasHistogram() ? "histogram" : metric.hasGauge() ? "gauge" : "counter";
      emitted.put(metric.getName(), kind + " " + metric.getUnit());
    }
    assertThat(emitted).isEqualTo(registered);
  }

  @Test
  void everyAttributeIsInTheRegistryOnTheSignalsItIsOn() throws Exception {
    Map<String, Set<String>> emitted = new HashMap<>();
    for (Received received : List.of(received("", "true"), received("x", "true"))) {
      received
          .spans()
          .forEach(span -> add(emitted, "span", Received.attributes(span.getAttributesList())));
      received
          .events()
          .forEach(event -> add(emitted, "event", Received.attributes(event.getAttributesList())));
    }
    for (Registry.Entry attribute : registry.section("attributes")) {
      for (String signal : List.of("span", "event")) {
        boolean registered = attribute.list("on").contains(signal);
        assertThat(emitted.get(signal).remove(attribute.text("name")))
            .as(attribute.text("name") + " on " + signal)
            .isEqualTo(registered);
      }
    }
    assertThat(emitted.values()).allMatch(Set::isEmpty);
  }

  @Test
  void everyAttributeOfAMetricIsInTheRegistry() throws Exception {
    Set<String> emitted = new TreeSet<>();
    for (Metric metric : metrics()) {
      metric
          .getSum()
          .getDataPointsList()
          .forEach(
              point -> emitted.addAll(Received.attributes(point.getAttributesList()).keySet()));
      metric
          .getHistogram()
          .getDataPointsList()
          .forEach(
              point -> emitted.addAll(Received.attributes(point.getAttributesList()).keySet()));
      for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
        emitted.addAll(Received.attributes(point.getAttributesList()).keySet());
      }
    }
    Set<String> registered = new TreeSet<>();
    for (Registry.Entry attribute : registry.section("attributes")) {
      if (attribute.list("on").contains("metric") || attribute.list("on").contains("convention")) {
        registered.add(attribute.text("name"));
      }
    }
    registered.add("costattr.cost.basis");
    assertThat(emitted).isEqualTo(registered);
  }

  private static void add(
      Map<String, Set<String>> emitted, String signal, Map<String, Object> attributes) {
    Set<String> names = emitted.computeIfAbsent(signal, key -> new HashSet<>());
    attributes.keySet().forEach(name -> names.add(registered(name)));
  }

  /** Of a family of names the prefix is registered. */
  private static String registered(String name) {
    for (String family : List.of("costattr.tag.", "costattr.attribution.source.")) {
      if (name.startsWith(family)) {
        return family;
      }
    }
    return name;
  }

  /** Of both generations of the conventions. */
  private static List<Metric> metrics() throws Exception {
    List<Metric> all = new ArrayList<>(received("", "false").metrics());
    all.addAll(received("gen_ai_latest_experimental", "false").metrics());
    return all;
  }

  private static Received received(String conventions, String cost) throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtelSettings settings =
          OtelSettings.of(
              Entries.config(
                  "otel.exporter.otlp.endpoint", http.url(),
                  "otel.semconv.stability.opt.in", conventions,
                  "costattr.otel.semconv.cost", cost),
              new Properties());
      LedgerStats stats = new LedgerStats(1, 0, 0, 0, Map.of("otlp", 0L));
      OtlpSink sink = OtlpSink.open(settings, () -> stats);
      sink.accept(ALL);
      sink.notice(Entries.threshold());
      sink.close(Duration.ofSeconds(20));
      return http.received();
    }
  }
}
