package io.costattr.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code telemetry.yaml}, read. */
public final class Registry {
  private final Map<?, ?> root;

  private Registry(Map<?, ?> root) {
    this.root = root;
  }

  public static Registry read() {
    try (InputStream in = AttributeNames.class.getResourceAsStream("/io/costattr/telemetry.yaml")) {
      LoadSettings settings = LoadSettings.builder().build();
      return new Registry(
          (Map<?, ?>) new Load(settings).loadFromInputStream(Objects.requireNonNull(in)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The entries of {@code events}, {@code attributes}, {@code metrics} or {@code fields}. */
  public List<Entry> section(String name) {
    return ((List<?>) root.get(name)).stream().map(entry -> new Entry((Map<?, ?>) entry)).toList();
  }

  /** The names of a section, in order. */
  public List<String> names(String section) {
    return section(section).stream().map(entry -> entry.text("name")).toList();
  }

  /** What stands about a name. */
  public record Entry(Map<?, ?> keys) {

    /** The value of that key, or null. */
    public String text(String key) {
      return keys.get(key) == null ? null : keys.get(key).toString();
    }

    public List<String> list(String key) {
      return ((List<?>) keys.get(key)).stream().map(Object::toString).toList();
    }
  }
}
