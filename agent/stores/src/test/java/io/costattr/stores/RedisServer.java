package io.costattr.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;

/** A Redis on loopback that keeps nothing on disk unless it is told to. */
final class RedisServer implements AutoCloseable {
  final int port;
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
  static RedisServer start(Path folder, String... options) throws IOException {
    return new RedisServer(Programs.freePort(), folder, List.of(options));
  }

  private Process launch() throws IOException {
    Path program = Programs.find("redis-server", "redis-server", Programs.path());
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
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

  String address() {
    return "redis://127.0.0.1:" + port;
  }

  Jedis connect() {
    return new Jedis("127.0.0.1", port);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart() throws IOException {
    process = launch();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
