package io.costattr.stores;

import io.costattr.loopback.servers.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/** What only an administrator does. */
final class Sql {
  private Sql() {}

  static void run(PostgresServer server, String sql) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", PostgresServer.USER);
    try (Connection connection = new Driver().connect(server.url(), properties);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
