package io.costattr.export.otel;

import io.costattr.core.Log;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.export.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration asks of OpenTelemetry: which signals are exported, and the properties for
 * its autoconfiguration. Refers to no class of OpenTelemetry, so that a program which only writes a
 * file loads none. Immutable.
 *
 * <p>A signal is exported by OTLP when its {@code otel.*.exporter} says {@code otlp}. Where that is
 * not set it is, unless an events file is the only place that the configuration names.
 */
public final class OtelSettings {
  static final String TRACES_EXPORTER = "otel.traces.exporter";
  static final String METRICS_EXPORTER = "otel.metrics.exporter";
  static final String LOGS_EXPORTER = "otel.logs.exporter";

  private static final String OTLP = "otlp";
  private static final String NONE = "none";
  private static final List<String> CONFIG_FILES =
      List.of("otel.config.file", "otel.experimental.config.file");

  /** What differs from OpenTelemetry's own defaults; docs/opentelemetry.md says why. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("otel.exporter.otlp.protocol", "http/protobuf"),
          Map.entry("otel.metric.export.interval", "15000"),
          Map.entry("otel.blrp.max.queue.size", "8192"),
          Map.entry("otel.bsp.max.queue.size", "8192"),
          Map.entry("otel.bsp.schedule.delay", "1000"));

  private final Map<String, String> given;
  private final boolean traces;
  private final boolean metrics;
  private final boolean logs;
  private final String service;
  private final String conventionalMetrics;
  private final boolean conventionalCost;
  private final long customers;
  private final long queueSize;
  private final @Nullable SpoolSettings spool;

  private OtelSettings(Config config, Properties system) {
    Map<String, String> given = new TreeMap<>(config.otel());
    given.values().removeIf(String::isBlank);
    List<String> unsupported = new ArrayList<>();
    for (String key : CONFIG_FILES) {
      if (given.remove(key) != null) {
        unsupported.add(
            env(key)
                + " is for the application and ignored here:"
                + " costattr reads the other OTEL_* and COSTATTR_OTEL_*");
      }
    }
    boolean disabled = Boolean.parseBoolean(given.get("otel.sdk.disabled"));
    String unset = config.text(Key.EVENTS_FILE) == null || namesOtlp(given) ? OTLP : NONE;
    boolean exportsTraces = exports(given, TRACES_EXPORTER, unset, unsupported);
    traces = !disabled && exportsTraces && SpanMode.of(config).makes();
    metrics = !disabled && exports(given, METRICS_EXPORTER, unset, unsupported);
    logs = !disabled && exports(given, LOGS_EXPORTER, unset, unsupported);
    service = ServiceName.of(config, system);
    conventionalMetrics = String.valueOf(config.text(Key.OTEL_GENAI_METRICS));
    conventionalCost = config.flag(Key.OTEL_SEMCONV_COST);
    customers = config.number(Key.METRICS_CUSTOMERS);
    queueSize = config.number(Key.QUEUE_SIZE);
    spool = SpoolSettings.of(config, system);
    this.given = given;
    if (isOn() || config.text(Key.EVENTS_FILE) == null) {
      unsupported.forEach(Log::warn);
    }
  }

  /** The settings in that configuration; what is not supported is said, a line each. */
  public static OtelSettings of(Config config, Properties system) {
    return new OtelSettings(config, system);
  }

  /** Whether anything is exported at all. */
  public boolean isOn() {
    return traces || metrics || logs;
  }

  /** Whether the agent emits a span for each entry that the application's own telemetry lacks. */
  public boolean traces() {
    return traces;
  }

  boolean metrics() {
    return metrics;
  }

  boolean logs() {
    return logs;
  }

  /**
   * Whether the conventional GenAI metrics are emitted of a call.
   *
   * @param countedElsewhere whether another instrumentation observes it
   */
  boolean conventionalMetrics(boolean countedElsewhere) {
    return switch (conventionalMetrics) {
      case "on" -> true;
      case "off" -> false;
      default -> !countedElsewhere;
    };
  }

  /** Whether the proposed {@code gen_ai.usage.cost.*} is emitted too. */
  boolean conventionalCost() {
    return conventionalCost;
  }

  /** How many customers are told apart on metrics. */
  long customers() {
    return customers;
  }

  /** How many entries the ledger's queue holds. */
  long queueSize() {
    return queueSize;
  }

  /** Where events are kept; null when nowhere. */
  @Nullable SpoolSettings spool() {
    return spool;
  }

  /** Whether the GenAI metrics have the names of the latest conventions. */
  boolean latestConventions() {
    String categories = given.getOrDefault("otel.semconv.stability.opt.in", "");
    return List.of(categories.trim().split("\\s*,\\s*")).contains("gen_ai_latest_experimental");
  }

  /** What the user set; entries may be taken out where their values are bad. */
  Map<String, String> given() {
    return new HashMap<>(given);
  }

  /** The properties for autoconfiguration, from what the user set. */
  Map<String, String> properties(Map<String, String> given) {
    Map<String, String> properties = new HashMap<>(DEFAULTS);
    properties.putAll(given);
    properties.put(TRACES_EXPORTER, NONE); // Spans and events have queues of our own.
    properties.put(LOGS_EXPORTER, NONE);
    properties.put(METRICS_EXPORTER, metrics ? OTLP : NONE);
    properties.put("otel.propagators", NONE); // Nothing is propagated, and b3 may not be there.
    properties.put("otel.service.name", service);
    properties.remove("otel.sdk.disabled");
    return properties;
  }

  private static boolean namesOtlp(Map<String, String> given) {
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String key = entry.getKey();
      if (key.startsWith("otel.exporter.otlp.") && key.endsWith("endpoint")) {
        return true;
      }
      if (isExporter(key) && names(entry.getValue()).contains(OTLP)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isExporter(String key) {
    return key.equals(TRACES_EXPORTER) || key.equals(METRICS_EXPORTER) || key.equals(LOGS_EXPORTER);
  }

  private static boolean exports(
      Map<String, String> given, String key, String unset, List<String> unsupported) {
    List<String> names = names(given.getOrDefault(key, unset));
    for (String name : names) {
      if (!name.equals(OTLP) && !name.equals(NONE)) {
        unsupported.add(
            env(key)
                + "="
                + name
                + " is not for costattr, which exports by otlp or not at all (none);"
                + " COSTATTR_"
                + env(key)
                + " sets it for costattr alone");
      }
    }
    return names.contains(OTLP);
  }

  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    for (String name : list.split(",")) {
      if (!name.isBlank()) {
        names.add(name.trim());
      }
    }
    return names;
  }

  /** The name of a property as an environment variable. */
  static String env(String key) {
    return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
