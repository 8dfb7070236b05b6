package io.costattr.premain;

import java.io.File;
import java.net.URI;
import java.security.CodeSource;

/** What both entries need before any Java 17 class may be loaded. Java 8 byte code. */
final class JavaGate {
  private JavaGate() {}

  /** Whether this JVM can run the agent. */
  static boolean isOpen() {
    String version = System.getProperty("java.specification.version", "1.8");
    if (version.startsWith("1.")) {
      return false;
    }
    try {
      return Integer.parseInt(version) >= 17;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static String refusal() {
    return "[costattr] needs Java 17 or later, this is Java "
        + System.getProperty("java.version")
        + "; the application runs on without it";
  }

  /** The jar this class was loaded from. */
  static File ownJar() throws Exception {
    CodeSource source = JavaGate.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IllegalStateException("cannot tell from which jar the agent was loaded");
    }
    return new File(new URI(source.getLocation().toString()));
  }
}
