package io.costattr.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** A PostgreSQL on loopback, with a cluster of its own. It does not run as root. */
final class PostgresServer implements AutoCloseable {
  private static final String USER = "postgres";

  private final Path programs;
  private final Path folder;
  final int port = Programs.freePort();
  private Process process;

  /**
   * @param folder for its files; need not be there
   */
  PostgresServer(Path folder) throws Exception {
    List<Path> places = new ArrayList<>(Programs.path());
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (var versions = Files.list(debian)) {
        versions.map(version -> version.resolve("bin")).forEach(places::add);
      }
    }
    programs = Programs.find("initdb", "postgresql", places).getParent();
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
            programs.resolve("initdb").toString(),
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
                    programs.resolve("postgres").toString(),
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

  private boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException starting) {
      return false;
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    return new Driver().connect(url(), properties);
  }

  void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** As a machine that loses power, but that the files are whole. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart() throws Exception {
    process = launch();
  }

  /** At once: its children end with it. */
  @Override
  public void close() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start().waitFor();
    process.waitFor();
  }
}
