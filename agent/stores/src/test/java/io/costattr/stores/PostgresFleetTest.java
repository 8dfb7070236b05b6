package io.costattr.stores;

import io.costattr.loopback.servers.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The server keeps what it has said to have. */
@DisabledIfSystemProperty(
    named = "costattr.test.builds",
    matches = "false",
    disabledReason = "minutes of waiting, of which no part depends on the JDK")
class PostgresFleetTest extends FleetContract {
  @TempDir private static Path files;
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    Needs.postgres();
    server = new PostgresServer(files);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  String address() {
    return server.url();
  }

  @Override
  void killServer() throws Exception {
    server.kill();
  }

  @Override
  void restartServer() throws Exception {
    server.restart();
  }
}
