package io.costattr.premain;

import java.lang.instrument.Instrumentation;

/**
 * The entry of {@code -javaagent} and of attaching to a running JVM. Java 8 byte code, so that an
 * older JVM prints one line instead of dying. Loaded by the system class loader: never refer to it
 * once the agent has been handed over to.
 */
public final class Premain {
  /** Set once the agent runs in this JVM; its value is the agent's version. */
  private static final String RUNNING = "io.costattr.agent.version";

  private Premain() {}

  public static void premain(String argument, Instrumentation instrumentation) {
    start(argument, instrumentation);
  }

  public static void agentmain(String argument, Instrumentation instrumentation) {
    start(argument, instrumentation);
  }

  private static void start(String argument, Instrumentation instrumentation) {
    try {
      if (!JavaGate.isOpen()) {
        System.err.println(JavaGate.refusal());
        return;
      }
      if (isJdkTool() || isDisabled(argument)) {
        return;
      }
      synchronized (Runtime.getRuntime()) {
        String running = System.getProperty(RUNNING);
        if (running != null) {
          System.err.println(
              "[costattr] " + running + " is already running in this JVM; this attach is ignored");
          return;
        }
        String version = Handover.load().install(argument, instrumentation, JavaGate.ownJar());
        System.setProperty(RUNNING, version);
      }
    } catch (Throwable fault) {
      System.err.println(
          "[costattr] cannot start (" + fault + "); the application runs on without it");
    }
  }

  /** The JDK's own tools start JVMs too, when JAVA_TOOL_OPTIONS names the agent. */
  private static boolean isJdkTool() {
    String command = System.getProperty("sun.java.command", "");
    if (command.contains("com.sun.tools.javac.launcher.")) {
      // "java App.java" runs an application.
      return false;
    }
    return command.startsWith("jdk.")
        || command.startsWith("sun.")
        || command.startsWith("com.sun.tools.");
  }

  private static boolean isDisabled(String argument) {
    String enabled = null;
    if (argument != null) {
      String[] parts = argument.split(",");
      for (int i = 0; i < parts.length; i++) {
        String part = parts[i].trim();
        if (part.startsWith("enabled=") || part.startsWith("costattr.enabled=")) {
          enabled = part.substring(part.indexOf('=') + 1);
        }
      }
    }
    if (enabled == null) {
      enabled = System.getProperty("costattr.enabled");
    }
    if (enabled == null) {
      enabled = System.getenv("COSTATTR_ENABLED");
    }
    return enabled != null && enabled.trim().equalsIgnoreCase("false");
  }
}
