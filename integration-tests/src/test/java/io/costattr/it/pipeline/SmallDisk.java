package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory that is soon full; only root can make one. */
final class SmallDisk {
  private SmallDisk() {}

  static void mount(Path at, String size) throws IOException, InterruptedException {
    String fault = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", at.toString());
    if (!fault.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(fault);
    }
    Assumptions.assumeTrue(fault.isEmpty(), () -> "no small disk can be made here: " + fault);
  }

  static void unmount(Path at) throws IOException, InterruptedException {
    run("umount", "-l", at.toString());
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return process.waitFor() == 0 ? "" : said;
  }
}
