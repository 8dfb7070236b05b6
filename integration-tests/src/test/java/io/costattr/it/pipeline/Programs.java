package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.AgentJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** The real programs, as {@code collector-config/tools} laid them out. */
final class Programs {
  private static final Path CONFIG = AgentJvm.root().resolve("collector-config");
  private static final Map<String, Path> DIRECTORIES = directories();

  private Programs() {}

  /** What an operator deploys. */
  static Path config() {
    return CONFIG;
  }

  /**
   * The directory of a program. Without it the test is left out, or fails where {@code CI=true}.
   *
   * @param name as {@code tools} calls it
   */
  static Path directory(String name) {
    Path directory = DIRECTORIES.get(name);
    if (directory == null) {
      String lacks = "there is no " + name + " here: run collector-config/tools";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(lacks);
      }
      System.out.println("left out: " + lacks);
      Assumptions.abort(lacks);
    }
    return directory;
  }

  /** Leaves out what no JVM has a part in on all JDKs but the one that builds. */
  static void onlyOnce() {
    String tested = System.getProperty("costattr.test.java", "");
    String builds = System.getProperty("costattr.test.builds", "true");
    Assumptions.assumeTrue(
        "true".equals(builds), "ran on the JDK that builds; nothing here depends on " + tested);
  }

  private static Map<String, Path> directories() {
    Map<String, Path> directories = new TreeMap<>();
    try {
      Process tools = new ProcessBuilder(CONFIG.resolve("tools").toString(), "--paths").start();
      new String(tools.getInputStream().readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.split("=", 2))
          .forEach(pair -> directories.put(pair[0], Path.of(pair[1])));
    } catch (IOException e) {
      System.out.println("no program can be looked for: " + e.getMessage());
    }
    return directories;
  }
}
