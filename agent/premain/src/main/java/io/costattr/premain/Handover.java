package io.costattr.premain;

import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;

/**
 * What the Java 8 entry calls of the Java 17 agent. A class to be instantiated and not methods to
 * be found by name: since JDK 18 every reflective call of another shape costs start-up time.
 */
abstract class Handover {

  /** Starts the agent and returns its version. */
  abstract String install(String argument, Instrumentation instrumentation, File jar)
      throws Exception;

  /** Runs the command line and returns its exit code. */
  abstract int commandLine(String[] arguments, PrintStream out, PrintStream err, File jar)
      throws Exception;

  static Handover load() throws Exception {
    return (Handover)
        Class.forName("io.costattr.premain.Installer").getDeclaredConstructor().newInstance();
  }
}
