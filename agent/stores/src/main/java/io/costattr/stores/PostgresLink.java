package io.costattr.stores;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * PostgreSQL 12 and later. A batch is one statement (for every 200 accounts), in a transaction of
 * its own: nothing is locked while anybody waits for the network. Times are the server's.
 */
final class PostgresLink implements Link {
  private static final String FUNCTION = "costattr_budget_exchange_1";

  /** Two JVMs that begin at once make the tables one after the other. Any number would do. */
  private static final long SCHEMA_LOCK = 0xC057_A77BL;

  private static final String EXCHANGE =
      "SELECT r_number, r_epoch, r_spent, r_in_slot, r_lease, r_scarce FROM "
          + FUNCTION
          + "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
  private static final String MARK =
      "INSERT INTO costattr_budget_mark AS m (key, token, expires)"
          + " VALUES (?, ?, clock_timestamp() + ? * interval '1 ms')"
          + " ON CONFLICT (key) DO UPDATE SET"
          + " token = CASE WHEN m.expires <= clock_timestamp() THEN excluded.token ELSE m.token END,"
          + " expires = greatest(m.expires, excluded.expires)"
          + " RETURNING token = ?";
  private static final String LOOK =
      "SELECT a.key, a.name,"
          + " (SELECT coalesce(sum(s.base::numeric + s.posted), 0) FROM costattr_budget_spent s"
          + "  WHERE s.key = a.key AND s.slot >= ?)"
          + " FROM costattr_budget_account a WHERE a.key LIKE ? ESCAPE '!'";
  private static final String FORGET =
      "WITH spent AS (DELETE FROM costattr_budget_spent WHERE key = ?),"
          + " told AS (DELETE FROM costattr_budget_jvm WHERE key = ?)"
          + " UPDATE costattr_budget_account SET reset = true, epoch = ? WHERE key = ?";
  private static final String[] TIDY = {
    "DELETE FROM costattr_budget_account WHERE key IN (SELECT key FROM costattr_budget_account"
        + " WHERE expires < clock_timestamp() LIMIT 1000 FOR UPDATE SKIP LOCKED)",
    "DELETE FROM costattr_budget_mark WHERE expires < clock_timestamp()"
  };

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final String CONNECT_SECONDS = "1";
  private static final String ANSWER_SECONDS = "2";

  /** Accounts that one statement locks: few enough to be done in a fraction of a second. */
  private static final int MOST_POSTS = 200;

  private static final long TIDY_NANOS = 600_000_000_000L;
  private static final long RETRY_NANOS = 500_000_000;

  private final String url;
  private final Credentials credentials;
  private @Nullable Connection connection;
  private long tidied = System.nanoTime();

  /**
   * @param url {@code jdbc:postgresql:...}, with whatever the driver takes
   */
  PostgresLink(String url, Credentials credentials) {
    this.url = url;
    this.credentials = credentials;
  }

  private interface Work<T> {
    T with(Connection connection) throws SQLException, IOException;
  }

  /** Does it; where the connection has gone stale, once more with a new one. */
  private <T> T work(Work<T> work) throws IOException {
    long began = System.nanoTime();
    boolean again = connection != null;
    while (true) {
      try {
        return work.with(connected());
      } catch (SQLException fault) {
        close();
        String state = String.valueOf(fault.getSQLState());
        boolean stale = state.startsWith("08") || state.startsWith("57P") || state.equals("25006");
        if (!again || !stale || System.nanoTime() - began > RETRY_NANOS) {
          throw new IOException(said(fault), fault);
        }
        again = false;
      }
    }
  }

  private static String said(SQLException fault) {
    Throwable cause = fault.getCause();
    return fault.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  private Connection connected() throws SQLException, IOException {
    Connection known = connection;
    if (known == null) {
      known = connect();
      connection = known;
    }
    return known;
  }

  private Connection connect() throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "costattr");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("targetServerType", "primary");
    // Poolers hand a statement to one connection and the next to another.
    properties.setProperty("prepareThreshold", "0");
    if (credentials.user() != null) {
      properties.setProperty("user", credentials.user());
    }
    String password = credentials.current();
    if (password != null) {
      properties.setProperty("password", password);
    }
    // Not by the DriverManager, which is the application's, too.
    Connection made = new Driver().connect(url, properties);
    if (made == null) {
      throw new IOException("is no address of a PostgreSQL");
    }
    try {
      made.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      prepare(made);
      return made;
    } catch (SQLException fault) {
      made.close();
      throw fault;
    }
  }

  /** Makes the tables where they are not there. */
  private static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet there =
          statement.executeQuery(
              "SELECT count(*) > 0 FROM pg_proc WHERE proname = '"
                  + FUNCTION
                  + "' AND pg_function_is_visible(oid)")) {
        there.next();
        if (there.getBoolean(1)) {
          return;
        }
      }
      statement.execute(
          "BEGIN; SELECT pg_advisory_xact_lock("
              + SCHEMA_LOCK
              + ");\n"
              + Script.of("schema.sql").text()
              + "\nCOMMIT");
    }
  }

  @Override
  public List<Reply> exchange(String jvm, long leaseMillis, List<Post> posts) throws IOException {
    List<Reply> replies = new ArrayList<>(posts.size());
    for (int at = 0; at < posts.size(); at += MOST_POSTS) {
      int end = Math.min(posts.size(), at + MOST_POSTS);
      replies.addAll(exchangeSome(jvm, leaseMillis, posts.subList(at, end)));
    }
    return replies;
  }

  private List<Reply> exchangeSome(String jvm, long leaseMillis, List<Post> posts)
      throws IOException {
    return work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(EXCHANGE)) {
            statement.setString(1, jvm);
            statement.setLong(2, leaseMillis);
            statement.setInt(3, newEpoch());
            statement.setArray(4, texts(connection, posts, Post::key));
            statement.setArray(5, numbers(connection, posts, Post::slot));
            statement.setArray(6, numbers(connection, posts, Post::from));
            statement.setArray(7, numbers(connection, posts, Post::stale));
            statement.setArray(8, texts(connection, posts, post -> kept(post.name())));
            statement.setArray(9, numbers(connection, posts, Post::posted));
            statement.setArray(10, numbers(connection, posts, Post::fresh));
            statement.setArray(11, numbers(connection, posts, Post::known));
            statement.setArray(
                12,
                connection.createArrayOf(
                    "integer", posts.stream().map(Post::epoch).toArray(Object[]::new)));
            statement.setArray(13, numbers(connection, posts, Post::limit));
            statement.setArray(14, numbers(connection, posts, Post::need));
            statement.setArray(15, numbers(connection, posts, Post::want));
            statement.setArray(16, numbers(connection, posts, Post::ttlMillis));
            return replies(statement, posts.size());
          }
        });
  }

  private static int newEpoch() {
    return ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
  }

  private static Array texts(Connection connection, List<Post> posts, Function<Post, String> of)
      throws SQLException {
    return connection.createArrayOf("text", posts.stream().map(of).toArray(Object[]::new));
  }

  private static Array numbers(Connection connection, List<Post> posts, ToLongFunction<Post> of)
      throws SQLException {
    return connection.createArrayOf(
        "bigint", posts.stream().map(of::applyAsLong).toArray(Object[]::new));
  }

  private static List<Reply> replies(PreparedStatement statement, int count)
      throws SQLException, IOException {
    @Nullable Reply[] replies = new @Nullable Reply[count];
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        replies[rows.getInt(1) - 1] =
            new Reply(
                rows.getInt(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getBoolean(6));
      }
    }
    List<Reply> all = new ArrayList<>(count);
    for (Reply reply : replies) {
      if (reply == null) {
        throw new IOException("no answer for each account");
      }
      all.add(reply);
    }
    return all;
  }

  /** PostgreSQL keeps every character but one. */
  private static String kept(String name) {
    return name.replace('\0', '\ufffd');
  }

  /** And now and then lets those go that are over. */
  @Override
  public void ping() throws IOException {
    boolean tidy = System.nanoTime() - tidied > TIDY_NANOS;
    boolean unused =
        work(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                if (tidy) {
                  tidied = System.nanoTime();
                  for (String one : TIDY) {
                    statement.executeUpdate(one);
                  }
                }
                return statement.execute("SELECT 1");
              }
            });
  }

  @Override
  public boolean mark(String key, String token, long ttlMillis) throws IOException {
    return work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            statement.setString(1, key);
            statement.setString(2, token);
            statement.setLong(3, ttlMillis);
            statement.setString(4, token);
            try (ResultSet first = statement.executeQuery()) {
              return first.next() && first.getBoolean(1);
            }
          }
        });
  }

  @Override
  public List<State> look(String pattern, long from) throws IOException {
    return work(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setLong(1, from);
            statement.setString(2, like(pattern));
            List<State> states = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                states.add(
                    new State(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getBigDecimal(3).min(MOST).longValueExact()));
              }
            }
            return states;
          }
        });
  }

  private static String like(String pattern) {
    return pattern.replace("!", "!!").replace("_", "!_").replace("%", "!%").replace('*', '%');
  }

  @Override
  public void forget(String key) throws IOException {
    int unused =
        work(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                statement.setString(1, key);
                statement.setString(2, key);
                statement.setInt(3, newEpoch());
                statement.setString(4, key);
                return statement.executeUpdate();
              }
            });
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException gone) {
        // It is what was wanted.
      }
    }
  }
}
