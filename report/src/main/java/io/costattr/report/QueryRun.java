package io.costattr.report;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a query to the table of calls. */
final class QueryRun {
  private final Connection connection;
  private final Query query;
  private final List<Object> parameters = new ArrayList<>();
  private final String where;

  QueryRun(Connection connection, Query query) {
    this.connection = connection;
    this.query = query;
    this.where = where();
  }

  Report run(Loaded loaded) throws SQLException {
    Report.Row total = select("SELECT " + measures() + " FROM calls" + where, 0, null).get(0);
    if (query.by().isEmpty()) {
      return new Report(query.by(), List.of(), total, 0, loaded);
    }
    String grouped =
        "SELECT " + keys() + ", " + measures() + " FROM calls" + where + " GROUP BY ALL";
    List<Report.Row> rows =
        select(
            grouped + " ORDER BY " + order() + " LIMIT " + query.limit(),
            query.by().size(),
            total.value(Measure.COST_USD));
    return new Report(query.by(), rows, total, count(grouped), loaded);
  }

  private List<Report.Row> select(String sql, int keys, @Nullable BigDecimal whole)
      throws SQLException {
    List<Report.Row> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        List<@Nullable String> key = new ArrayList<>();
        for (int i = 1; i <= keys; i++) {
          key.add(result.getString(i));
        }
        Map<Measure, @Nullable BigDecimal> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
          if (measure.sql() != null) {
            values.put(measure, result.getBigDecimal(measure.id()));
          }
        }
        BigDecimal cost = known(values);
        values.put(Measure.COST_USD, cost);
        values.put(Measure.SHARE, Report.share(cost, whole == null ? cost : whole));
        rows.add(new Report.Row(key, values));
      }
    }
    return rows;
  }

  /** A sum of nothing but zeros says nothing where other calls' costs are not known. */
  private static @Nullable BigDecimal known(Map<Measure, @Nullable BigDecimal> values) {
    BigDecimal cost = values.get(Measure.COST_USD);
    boolean whole = isZero(values.get(Measure.UNPRICED)) && isZero(values.get(Measure.UNKNOWN));
    return cost == null || cost.signum() != 0 || whole ? cost : null;
  }

  private static boolean isZero(@Nullable BigDecimal number) {
    return number == null || number.signum() == 0;
  }

  private long count(String grouped) throws SQLException {
    try (PreparedStatement statement = prepare("SELECT count(*) FROM (" + grouped + ")");
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return statement;
  }

  private String keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < query.by().size(); i++) {
      keys.add(query.by().get(i).sql() + " AS k" + i);
    }
    return String.join(", ", keys);
  }

  private static String measures() {
    List<String> measures = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (measure.sql() != null) {
        measures.add(measure.sql() + " AS " + measure.id());
      }
    }
    return String.join(", ", measures);
  }

  /** Always complete, so that the same events give the same report. */
  private String order() {
    List<String> order = new ArrayList<>();
    Query.Order sort = query.sort();
    if (sort != null) {
      String direction = sort.descending() ? " DESC" : " ASC";
      Measure measure = sort.measure();
      order.add(
          measure == null
              ? "k" + sort.column() + direction + " NULLS LAST"
              : (measure == Measure.SHARE ? Measure.COST_USD : measure).id()
                  + direction
                  + " NULLS LAST");
    } else if (!query.by().get(0).isTime()) {
      order.add("cost_usd DESC NULLS LAST");
      order.add("calls DESC");
    }
    for (int i = 0; i < query.by().size(); i++) {
      order.add("k" + i + " ASC NULLS LAST");
    }
    return String.join(", ", order);
  }

  private String where() {
    List<String> conditions = new ArrayList<>();
    if (query.since() != null) {
      conditions.add("\"timestamp\" >= ?");
      parameters.add(LocalDateTime.ofInstant(query.since(), ZoneOffset.UTC));
    }
    if (query.until() != null) {
      conditions.add("\"timestamp\" < ?");
      parameters.add(LocalDateTime.ofInstant(query.until(), ZoneOffset.UTC));
    }
    query
        .where()
        .forEach(
            (dimension, values) -> {
              List<String> any = new ArrayList<>();
              for (String value : values) {
                if (value.isEmpty()) {
                  any.add(dimension.sql() + " IS NULL");
                } else {
                  any.add(dimension.sql() + " = ?");
                  parameters.add(value);
                }
              }
              conditions.add("(" + String.join(" OR ", any) + ")");
            });
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }
}
