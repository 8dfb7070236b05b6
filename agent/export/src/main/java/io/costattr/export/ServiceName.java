package io.costattr.export;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What this program is called in events and telemetry. */
public final class ServiceName {
  private ServiceName() {}

  /**
   * The name: {@link Key#SERVICE}, else {@code otel.service.name}, else {@code service.name} of
   * {@code otel.resource.attributes}, else the main class or jar, else {@code java}. Never empty.
   */
  public static String of(Config config, Properties system) {
    String name = config.text(Key.SERVICE);
    if (isBlank(name)) {
      name = config.otel().get("otel.service.name");
    }
    if (isBlank(name)) {
      name = attribute(config.otel().get("otel.resource.attributes"), "service.name");
    }
    if (isBlank(name)) {
      name = program(system.getProperty("sun.java.command"));
    }
    return name == null || name.isBlank() ? "java" : name;
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** The value of a key in the form of W3C Baggage, {@code a=b,c=d}; null when it is not there. */
  static @Nullable String attribute(@Nullable String list, String key) {
    if (list != null) {
      for (String pair : list.split(",")) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).trim().equals(key)) {
          return decoded(pair.substring(equals + 1).trim());
        }
      }
    }
    return null;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** The main class or the jar's file name; the arguments behind it may be secret. */
  private static @Nullable String program(@Nullable String command) {
    if (command == null) {
      return null;
    }
    int jar = command.indexOf(".jar");
    String program;
    if (jar >= 0 && (jar + 4 == command.length() || command.charAt(jar + 4) == ' ')) {
      program = command.substring(0, jar);
    } else {
      program = command.strip().split(" ", 2)[0];
    }
    return program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
  }
}
