package io.costattr.loopback.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Redis on loopback that keeps nothing on disk unless it is told to. */
public final class RedisServer implements AutoCloseable {
  private final int port;
  private final Path folder;
  private final List<String> options;
  private Process process;

  private RedisServer(int port, Path folder, List<String> options) throws IOException {
    this.port = port;
    this.folder = Files.createDirectories(folder.resolve("redis-" + port));
    this.options = options;
    this.process = launch();
  }

  /**
   * @param folder for its files
   * @param options as on its command line
   */
  public static RedisServer start(Path folder, String... options) throws IOException {
    return new RedisServer(Ports.free(), folder, List.of(options));
  }

  private Process launch() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.path("redis-server"),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                folder.toString()));
    command.addAll(options);
    Path log = folder.resolve("log");
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    int listens = options.contains("--tls-port") ? tlsPort() : port;
    Programs.awaitPort(listens, started, log);
    return started;
  }

  private int tlsPort() {
    return Integer.parseInt(options.get(options.indexOf("--tls-port") + 1));
  }

  /** As a configuration names it. */
  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** As a machine that is switched off: it says nothing to anybody. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** With the same options, at the same port. */
  public void restart() throws IOException {
    process = launch();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
