package io.costattr.loopback.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL on loopback, with a cluster of its own. It does not run as root. */
public final class PostgresServer implements AutoCloseable {
  /** Who may do everything. */
  public static final String USER = "postgres";

  private final Path folder;
  private final int port = Ports.free();
  private Process process;

  /**
   * @param folder for its files; need not be there
   */
  public PostgresServer(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder.resolve("pg"));
    if (isRoot()) {
      run(List.of("chown", USER, this.folder.toString()));
      for (Path above = this.folder.getParent(); above != null; above = above.getParent()) {
        if (!above.equals(Path.of("/")) && !above.equals(Path.of("/tmp"))) {
          run(List.of("chmod", "o+x", above.toString()));
        }
      }
    }
    run(
        as(
            Programs.path("initdb"),
            "-D",
            data(),
            "-U",
            USER,
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--locale=C"));
    process = launch();
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> as(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--init-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Path log = folder.resolveSibling("pg.log");
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (started.waitFor() != 0) {
      throw new IOException(command + ": " + Files.readString(log));
    }
  }

  private Process launch() throws Exception {
    Path log = folder.resolveSibling("pg.log");
    Process started =
        new ProcessBuilder(
                as(
                    Programs.path("postgres"),
                    "-D",
                    data(),
                    "-p",
                    String.valueOf(port),
                    "-h",
                    "127.0.0.1",
                    "-k",
                    "",
                    "-c",
                    "fsync=off"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Programs.awaitPort(port, started, log);
    Programs.await(this::answers);
    return started;
  }

  private boolean answers() throws IOException, InterruptedException {
    return new ProcessBuilder(
                Programs.path("pg_isready"), "-q", "-h", "127.0.0.1", "-p", String.valueOf(port))
            .start()
            .waitFor()
        == 0;
  }

  /** As JDBC and a configuration name it. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** As a machine that loses power, but that the files are whole. */
  public void kill() throws InterruptedException {
    // Those that serve connections are processes of their own, and live on for a moment.
    List<ProcessHandle> serving = process.descendants().toList();
    process.destroyForcibly().waitFor();
    for (ProcessHandle one : serving) {
      one.destroyForcibly();
      one.onExit().join();
    }
  }

  public void restart() throws Exception {
    process = launch();
  }

  /** At once: its children end with it. */
  @Override
  public void close() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start().waitFor();
    process.waitFor();
  }
}
