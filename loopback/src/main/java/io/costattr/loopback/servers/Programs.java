package io.costattr.loopback.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Programs that are installed or not, and what they listen at. */
public final class Programs {
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final Path DEBIAN_POSTGRES = Path.of("/usr/lib/postgresql");

  private Programs() {}

  /** Where a program is; null when it is not installed. */
  public static @Nullable Path find(String name) {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv("PATH").split(":")) {
      folders.add(Path.of(folder));
    }
    if (Files.isDirectory(DEBIAN_POSTGRES)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN_POSTGRES)) {
        versions.forEach(version -> folders.add(version.resolve("bin")));
      } catch (IOException unreadable) {
        return null;
      }
    }
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  static String path(String name) throws IOException {
    Path found = find(name);
    if (found == null) {
      throw new IOException(name + " is not installed");
    }
    return found.toString();
  }

  /** Waits until a program listens there. */
  public static void awaitPort(int port, Process process, Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("nothing at port " + port + ": " + Files.readString(log), notYet);
        }
        Thread.onSpinWait();
      }
    }
  }

  /** Waits until something holds. */
  public static void await(Callable<Boolean> what) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!what.call()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("it does not happen");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
