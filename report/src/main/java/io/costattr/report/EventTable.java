package io.costattr.report;

import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.ZipException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The calls of all files in a DuckDB table {@code calls}, each event once. The table lives in
 * memory and, where that runs out, in the temporary folder. The lines are parsed here and not by
 * DuckDB, whose JSON reader is an extension that may have to be downloaded and whose guess at a
 * number is a double. Not thread-safe.
 */
final class EventTable implements AutoCloseable {
  private final DuckDBConnection connection;

  EventTable() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    try (Statement sql = connection.createStatement()) {
      sql.execute("SET autoinstall_known_extensions = false");
      sql.execute("SET autoload_known_extensions = false");
      sql.execute("SET preserve_insertion_order = false");
      sql.execute("SET temp_directory = " + literal(System.getProperty("java.io.tmpdir")));
      sql.execute(ddl());
    }
  }

  Connection connection() {
    return connection;
  }

  /**
   * Reads the files. A line that cannot be read is handed to the complaints and left out.
   *
   * @throws BadInput when a file cannot be read at all
   */
  Loaded load(List<Path> files, Complaints complaints) throws SQLException, BadInput {
    Tally tally = new Tally();
    try (DuckDBAppender appender =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "calls")) {
      EventLine event = new EventLine();
      for (Path file : files) {
        load(file, event, appender, tally, complaints);
      }
    }
    long duplicates = deduplicate();
    return new Loaded(
        files.size(), tally.calls - duplicates, duplicates, tally.notices, complaints.count());
  }

  private static void load(
      Path file, EventLine event, DuckDBAppender appender, Tally tally, Complaints complaints)
      throws SQLException, BadInput {
    long number = 0;
    try (Lines lines = new Lines(file)) {
      while (lines.next()) {
        number = lines.number();
        String reason = read(lines, event);
        if (reason != null) {
          complaints.add(file, number, reason);
        } else if (event.isCall()) {
          append(event, tally.calls++, appender);
        } else {
          tally.notices++;
        }
      }
    } catch (EOFException | ZipException e) {
      complaints.add(file, number + 1, "the gzip data is damaged or ends here");
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e);
    }
  }

  private static @Nullable String read(Lines lines, EventLine event) {
    if (lines.isTooLong()) {
      return "too long for an event";
    }
    try {
      event.read(lines.bytes(), lines.length());
      return null;
    } catch (EventLine.Bad e) {
      return lines.isEnded() ? e.getMessage() : e.getMessage() + "; the file ends inside this line";
    }
  }

  private static void append(EventLine event, long seq, DuckDBAppender appender)
      throws SQLException {
    appender.beginRow();
    appender.append(seq);
    appender.append(event.eventId);
    Instant at = event.timestamp == null ? Instant.EPOCH : event.timestamp;
    appender.append(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    appender.append(event.tags);
    for (String text : event.texts) {
      appender.append(text);
    }
    for (Long number : event.numbers) {
      appender.append(number);
    }
    for (BigDecimal usd : event.usd) {
      appender.append(usd);
    }
    appender.endRow();
  }

  /** Of the lines with one id the first stays. Returns how many went. */
  private long deduplicate() throws SQLException {
    try (Statement sql = connection.createStatement()) {
      try (ResultSet count =
          sql.executeQuery("SELECT count(*) - count(DISTINCT event_id) FROM calls")) {
        count.next();
        if (count.getLong(1) == 0) {
          return 0;
        }
      }
      return sql.executeUpdate(
          "DELETE FROM calls WHERE seq NOT IN (SELECT min(seq) FROM calls GROUP BY event_id)");
    }
  }

  private static String ddl() {
    StringBuilder ddl =
        new StringBuilder(
            "CREATE TABLE calls (seq BIGINT NOT NULL, event_id VARCHAR NOT NULL,"
                + " \"timestamp\" TIMESTAMP NOT NULL, tags MAP(VARCHAR, VARCHAR)");
    for (List<Column> columns : List.of(Column.TEXTS, Column.NUMBERS, Column.USD)) {
      for (Column column : columns) {
        ddl.append(", ").append(column.field()).append(' ').append(column.type().sql());
      }
    }
    return ddl.append(')').toString();
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static final class Tally {
    long calls;
    long notices;
  }
}
