package io.costattr.core.config;

import io.costattr.core.Log;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the configuration from its sources, lowest first: {@code costattr.yaml}, {@code
 * COSTATTR_*}, {@code -Dcostattr.*}, the agent's argument. An unknown key or a bad value is named
 * in one line with its source and what is allowed; the default is used.
 */
public final class ConfigReader {
  /** The fewest characters of a key that services share: 32 in hexadecimal are 128 bits. */
  public static final int FEWEST_SECRET = 32;

  private static final String ENV_PREFIX = "COSTATTR_";
  private static final String OTEL = "otel.";

  /** Nobody who says these means a directory of that name. */
  private static final Set<String> NO_DIRECTORY =
      Set.of("true", "false", "on", "yes", "no", "none", "0", "1");

  /** Parts of the file that are no keys and values: others read them, with their lines in sight. */
  private static final Set<String> SECTIONS = Set.of("rules", "budgets");

  private static final Set<String> DIMENSIONS =
      Set.of("feature", "route", "customer_id", "team", "environment");

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> otel = new HashMap<>();
  private final Map<String, String> ownOtel = new HashMap<>();
  private final Map<String, Path> sections = new HashMap<>();

  private ConfigReader() {}

  /**
   * Reads all sources.
   *
   * @param argument the agent's argument, {@code key=value,...}, keys with or without their prefix;
   *     null when there is none
   */
  public static Config read(
      @Nullable String argument, Properties systemProperties, Map<String, String> environment) {
    ConfigReader reader = new ConfigReader();
    Map<String, String> arguments = arguments(argument);
    reader.file(
        firstSaid(
            arguments.get(Key.CONFIG.id()),
            systemProperties.getProperty(Key.PREFIX + Key.CONFIG.id()),
            environment.get(envName(Key.CONFIG))));
    reader.environment(environment);
    reader.systemProperties(systemProperties);
    arguments.forEach((key, value) -> reader.put(key, value, "the agent's argument"));
    reader.otel.putAll(reader.ownOtel);
    return new Config(reader.values, reader.otel, reader.sections);
  }

  private static @Nullable String firstSaid(@Nullable String... values) {
    for (String value : values) {
      if (value != null && !value.isBlank()) {
        return value.trim();
      }
    }
    return null;
  }

  private void file(@Nullable String named) {
    File file = new File(named != null ? named : "costattr.yaml");
    if (!file.isFile()) {
      if (named != null) {
        Log.warn(
            "configuration file "
                + file
                + " (costattr.config) does not exist; going on without it");
      }
      return;
    }
    try (InputStream in = new FileInputStream(file)) {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file.getPath()).setSchema(new PlainSchema()).build();
      Object root = new Load(settings).loadFromInputStream(in);
      if (root instanceof Map<?, ?> map) {
        flatten("", map, file.getPath(), new ArrayDeque<>());
      } else if (root != null) {
        Log.warn(file + ": expected keys and values; the file is ignored");
      }
    } catch (IOException | YamlEngineException e) {
      Log.warn("cannot read " + file + ": " + e.getMessage() + "; the file is ignored");
    } catch (StackOverflowError e) {
      Log.warn("cannot read " + file + ": it is nested too deeply; the file is ignored");
    }
  }

  /** Nested maps are dotted keys; {@code costattr:} at the top may be written or left out. */
  private void flatten(String prefix, Map<?, ?> map, String source, Deque<Object> around) {
    around.push(map);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = prefix + entry.getKey();
      Object value = entry.getValue();
      if (SECTIONS.contains(withoutPrefix(key))) {
        sections.put(withoutPrefix(key), Path.of(source));
      } else if (value instanceof Map<?, ?> nested) {
        if (isAmong(around, nested)) {
          Log.warn("key " + key + " (from " + source + ") contains itself; it is ignored");
        } else {
          flatten(key + ".", nested, source, around);
        }
      } else if (value instanceof String text) {
        put(withoutPrefix(key), text, source);
      } else if (value != null) {
        Log.warn(
            "bad value for "
                + Key.PREFIX
                + withoutPrefix(key)
                + " (from "
                + source
                + "): one value is allowed, no list; it is ignored");
      }
    }
    around.pop();
  }

  private static boolean isAmong(Deque<Object> objects, Object object) {
    for (Object other : objects) {
      if (other == object) {
        return true;
      }
    }
    return false;
  }

  private void environment(Map<String, String> environment) {
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith("OTEL_")) {
        otel.put(dotted(name), entry.getValue());
      } else if (name.startsWith(ENV_PREFIX)) {
        put(keyOfEnv(name.substring(ENV_PREFIX.length())), entry.getValue(), name);
      }
    }
  }

  private void systemProperties(Properties properties) {
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(OTEL)) {
        otel.put(name, properties.getProperty(name));
      } else if (name.startsWith(Key.PREFIX)) {
        put(name.substring(Key.PREFIX.length()), properties.getProperty(name), "-D" + name);
      }
    }
  }

  private void put(String id, String value, String source) {
    Key key = Key.find(id);
    if (key == null && id.startsWith(OTEL)) {
      ownOtel.put(id, value);
      return;
    }
    if (key == null) {
      Log.warn("unknown key costattr." + id + " (from " + source + "); it is ignored");
      return;
    }
    String trimmed = value.trim();
    if (trimmed.isEmpty()) {
      return;
    }
    if (!valid(key, trimmed)) {
      Log.warn(
          "bad value \""
              + (key.kind() == Key.Kind.SECRET ? "***" : withoutPassword(value))
              + "\" for costattr."
              + id
              + " (from "
              + source
              + "): allowed is "
              + key.kind().allowed()
              + "; using "
              + defaultOf(key));
      values.remove(id);
      return;
    }
    values.put(id, trimmed);
  }

  private static String withoutPassword(String value) {
    return value.replaceAll("//[^/]*@", "//***@");
  }

  private static String defaultOf(Key key) {
    return key.defaultValue() == null ? "none" : "the default, " + key.defaultValue();
  }

  private static boolean valid(Key key, String value) {
    return switch (key.kind()) {
      case TEXT, PREFIX -> true;
      case SPOOL -> !NO_DIRECTORY.contains(value.toLowerCase(Locale.ROOT));
      case FLAG -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
      case LEVEL -> isLevel(value);
      case DISPATCHER -> value.equals("auto") || value.equals("append");
      case STREAM_USAGE -> value.equals("estimate") || value.equals("request");
      case BUDGET_STORE ->
          value.matches("file|memory|rediss?(-cluster|-sentinel)?://.+|jdbc:postgresql:.+");
      case NAME -> value.matches("[A-Za-z0-9._-]{1,64}");
      case BUDGET_LOAD -> value.equals("events") || value.equals("none");
      case RUNAWAY -> value.equals("observe") || value.equals("block");
      case USD -> isUsd(value);
      case TRUST -> Set.of("off", "peers", "signed").contains(value);
      case SECRET -> value.length() >= FEWEST_SECRET;
      case SPANS -> Set.of("auto", "own", "enrich", "off").contains(value);
      case SWITCH -> Set.of("auto", "on", "off").contains(value);
      case UNPRICED -> value.equals("none") || value.equals("family");
      case DIMENSIONS -> areDimensions(value);
      case ACTION -> isAction(value);
      case POLICY -> isPolicy(value);
      case LINE_FIELD -> isLineField(value);
      case NUMBER -> isNumber(value);
    };
  }

  private static boolean isPolicy(String value) {
    String[] words = value.split("\\s+", 2);
    return isAction(words[0]) && (words.length == 1 || areDimensions(words[1]));
  }

  private static boolean isAction(String value) {
    return value.equals("warn") || value.equals("reject") || value.equals("ignore");
  }

  private static boolean areDimensions(String value) {
    for (String name : value.split("[,+\\s]+")) {
      if (!DIMENSIONS.contains(name.replace('.', '_'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLineField(String value) {
    return value.equals("user")
        || value.equals("safety_identifier")
        || (value.startsWith("metadata.") && value.length() > "metadata.".length());
  }

  /** As budgets are written; none of them is known here. */
  private static boolean isUsd(String value) {
    return value.matches("\\$ ?\\d+(\\.\\d{1,12})?|\\d+(\\.\\d{1,12})? ?(\\$|USD|usd)")
        && value.matches(".*[1-9].*");
  }

  private static boolean isLevel(String value) {
    for (Log.Level level : Log.Level.values()) {
      if (level.name().equalsIgnoreCase(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(String value) {
    try {
      return Long.parseLong(value) >= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static Map<String, String> arguments(@Nullable String argument) {
    Map<String, String> found = new HashMap<>();
    if (argument == null) {
      return found;
    }
    for (String part : argument.split(",")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        found.put(withoutPrefix(part.substring(0, equals).trim()), part.substring(equals + 1));
      } else if (!part.isBlank()) {
        Log.warn("bad agent argument \"" + part + "\": allowed is key=value,...; it is ignored");
      }
    }
    return found;
  }

  private static String withoutPrefix(String key) {
    return key.startsWith(Key.PREFIX) ? key.substring(Key.PREFIX.length()) : key;
  }

  private static String envName(Key key) {
    return ENV_PREFIX + key.id().replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static String dotted(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /**
   * {@code EVENTS_FILE} is {@code events.file}; of a family only the prefix is translated, so that
   * a host or a tag keeps its underscores.
   */
  private static String keyOfEnv(String name) {
    String dotted = dotted(name);
    for (Key key : Key.values()) {
      if (key.isFamily() && dotted.startsWith(key.id())) {
        return key.id() + name.substring(key.id().length()).toLowerCase(Locale.ROOT);
      }
    }
    return dotted;
  }
}
