package io.costattr.core.config;

import io.costattr.core.Log;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The agent's configuration: immutable, read once by {@link ConfigReader}. Every value is valid;
 * what was not has been named in a line and replaced by its default.
 */
public final class Config {
  private final Map<String, String> values;
  private final Map<String, String> otel;
  private final Map<String, Path> sections;

  /**
   * @param values by key id without prefix, validated
   * @param otel OpenTelemetry properties in dotted form ({@code otel.exporter.otlp.endpoint}), with
   *     the agent's own overrides applied
   * @param sections the file that has each section that is no plain keys and values
   */
  Config(Map<String, String> values, Map<String, String> otel, Map<String, Path> sections) {
    this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    this.otel = Map.copyOf(otel);
    this.sections = Map.copyOf(sections);
  }

  /** The value of that key, its default, or null when it has neither. */
  public @Nullable String text(Key key) {
    String value = values.get(key.id());
    return value != null ? value : key.defaultValue();
  }

  public boolean flag(Key key) {
    return Boolean.parseBoolean(text(key));
  }

  /** The value of a numeric key. */
  public long number(Key key) {
    String text = text(key);
    return text == null ? 0 : Long.parseLong(text);
  }

  /** The value of a key that names a file, or null when it is not set. */
  public @Nullable Path file(Key key) {
    String text = text(key);
    return text == null ? null : Path.of(text);
  }

  public Log.Level logLevel() {
    String text = text(Key.LOG);
    return Log.Level.valueOf(text == null ? "WARN" : text.toUpperCase(Locale.ROOT));
  }

  /** All values of a family of keys, by the user's own part of the key; never null. */
  public Map<String, String> family(Key prefix) {
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (entry.getKey().startsWith(prefix.id())) {
        found.put(entry.getKey().substring(prefix.id().length()), entry.getValue());
      }
    }
    return found;
  }

  /** The configuration file that has a section of that name; null when there is none. */
  public @Nullable Path section(String name) {
    return sections.get(name);
  }

  /**
   * The OpenTelemetry properties in dotted form: {@code OTEL_*} and {@code otel.*}, over which
   * {@code COSTATTR_OTEL_*} and {@code costattr.otel.*} win.
   */
  public Map<String, String> otel() {
    return otel;
  }
}
