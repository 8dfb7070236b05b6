package io.costattr.core;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agent's own voice: whole lines on standard error, each beginning with {@code [costattr]}. No
 * logging framework, so that none of the application's is touched or initialised early. Nothing of
 * a prompt, completion or key may be handed in. Thread-safe; never throws.
 */
public final class Log {

  /** How much is said. */
  public enum Level {
    OFF,
    WARN,
    INFO,
    DEBUG
  }

  private static final int MAX_KINDS_OF_WARNING = 1_000;
  private static volatile Level level = Level.WARN;
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private Log() {}

  public static void level(Level newLevel) {
    level = newLevel;
  }

  public static boolean isInfo() {
    return level.compareTo(Level.INFO) >= 0;
  }

  public static boolean isDebug() {
    return level == Level.DEBUG;
  }

  /** Something is wrong that a user can mend. */
  public static void warn(String message) {
    if (level.compareTo(Level.WARN) >= 0) {
      print(message);
    }
  }

  /** As {@link #warn}, at most once for each {@code kind} in the life of the JVM. */
  public static void warnOnce(String kind, String message) {
    if (level.compareTo(Level.WARN) >= 0 && SAID.size() < MAX_KINDS_OF_WARNING && SAID.add(kind)) {
      print(message);
    }
  }

  public static void info(String message) {
    if (isInfo()) {
      print(message);
    }
  }

  public static void debug(String message) {
    if (isDebug()) {
      print(message);
    }
  }

  /**
   * The agent failed inside: says where, once for each {@code place}, without a stack by default.
   */
  public static void fault(String place, Throwable fault) {
    warnOnce(
        "fault:" + place + fault.getClass().getName(),
        "internal fault in " + place + " (" + fault + "); the application is not affected");
    if (isDebug()) {
      fault.printStackTrace(System.err);
    }
  }

  private static void print(String message) {
    PrintStream err = System.err;
    if (err != null) {
      try {
        err.println("[costattr] " + oneLine(message));
      } catch (Throwable fault) {
        // The application's own stream: what it throws must not come back through the agent.
        return;
      }
    }
  }

  /** Control characters could forge further lines. */
  private static String oneLine(String message) {
    StringBuilder clean = null;
    for (int i = 0; i < message.length(); i++) {
      if (message.charAt(i) < ' ') {
        if (clean == null) {
          clean = new StringBuilder(message);
        }
        clean.setCharAt(i, ' ');
      }
    }
    return clean == null ? message : clean.toString();
  }
}
