package io.costattr.stores;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Servers that Debian packages bring. Without them tests are skipped, but not in CI. */
final class Programs {
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private Programs() {}

  /** The first of those places in which the program is. */
  static Path find(String name, String debianPackage, List<Path> folders) {
    for (Path folder : folders) {
      if (Files.isExecutable(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    String message = name + " is not installed (Debian package " + debianPackage + ")";
    if ("true".equals(System.getenv("CI"))) {
      return fail(message);
    }
    return abort(message);
  }

  static List<Path> path() {
    return List.of(System.getenv("PATH").split(":")).stream().map(Path::of).toList();
  }

  static int freePort() throws IOException {
    // A Redis of a cluster listens at its port + 10000, too.
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (socket.getLocalPort() < 50_000) {
          return socket.getLocalPort();
        }
      }
    }
  }

  /** Waits until something listens there. */
  static void awaitPort(int port, Process process, Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException(
              String.format(Locale.ROOT, "nothing at port %d: %s", port, Files.readString(log)),
              notYet);
        }
        Thread.onSpinWait();
      }
    }
  }

  /** Waits until something holds. */
  static void await(java.util.concurrent.Callable<Boolean> what) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!what.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it does not happen");
      }
      Thread.sleep(5);
    }
  }
}
