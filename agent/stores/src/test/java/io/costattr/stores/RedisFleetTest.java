package io.costattr.stores;

import io.costattr.loopback.servers.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The server keeps nothing: when it comes back it has to be reminded. */
@DisabledIfSystemProperty(
    named = "costattr.test.builds",
    matches = "false",
    disabledReason = "minutes of waiting, of which no part depends on the JDK")
class RedisFleetTest extends FleetContract {
  @TempDir private static Path files;
  private static RedisServer server;

  @BeforeAll
  static void start() throws Exception {
    Needs.redis();
    server = RedisServer.start(files);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  String address() {
    return server.address();
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
