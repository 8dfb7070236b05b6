package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Two months made of what agents did just now: the same calls again and again, more by day than by
 * night, fewer on Sundays, and one job that runs away towards the end. ClickHouse and Prometheus
 * get the same past.
 */
final class Past {
  private static final int DAYS = 65;

  /** What Prometheus keeps at most, and more than a week. */
  private static final int SAMPLED_DAYS = 9;

  /** What runs away. */
  private static final String JOB = "ticket-summaries";

  /** Every name of a series that grows. */
  private static final String COUNTER = ".*(_total|_bucket|_count|_sum)|otelcol_.*_records";

  private final Instant end;

  /** One that ends then. */
  Past(Instant end) {
    this.end = end;
  }

  /** How many times an hour the calls of a feature are made. */
  static double rounds(String feature, Instant at, Instant end) {
    long hour = at.getEpochSecond() / 3600;
    double day = (hour % 24 + 24) % 24;
    long weekday = Math.floorMod(hour / 24 + 3, 7);
    double noise = 0.8 + Math.floorMod((feature + hour).hashCode() * 31L, 41) / 100.0;
    double people = Math.max(0.15, Math.sin((day - 5) / 24 * 2 * Math.PI - Math.PI / 6) + 0.6);
    double growth = 1 - 0.004 * Duration.between(at, end).toDays();
    double week = weekday >= 5 ? 0.45 : 1;
    if (feature.equals(JOB)) {
      // By night; but today it has not stopped.
      boolean ranAway = Duration.between(at, end).toHours() < 4;
      return noise * growth * (ranAway ? 48 : day < 5 ? 4 : 0.2);
    }
    return 3 * noise * growth * week * people;
  }

  /** The same calls in every hour of two months. */
  void in(ClickHouse clickHouse) throws Exception {
    List<String> features = new ArrayList<>();
    for (JsonNode row :
        clickHouse.rows("SELECT DISTINCT feature FROM costattr.costattr_calls ORDER BY feature")) {
      features.add(row.path("feature").asText());
    }
    StringJoiner rows = new StringJoiner(",");
    Instant last = end.truncatedTo(ChronoUnit.HOURS);
    for (Instant hour = last.minus(DAYS, ChronoUnit.DAYS);
        hour.isBefore(end);
        hour = hour.plus(1, ChronoUnit.HOURS)) {
      double part = hour.equals(last) ? Duration.between(last, end).toSeconds() / 3600.0 : 1;
      for (String feature : features) {
        rows.add(
            "(%d,'%s',%.4f,%.4f)"
                .formatted(
                    hour.getEpochSecond(), feature, part * rounds(feature, hour, end), part));
      }
    }
    clickHouse.text(
        "CREATE TABLE costattr.past (hour UInt32, feature String, rounds Float64, part Float64)"
            + " ENGINE = Memory",
        Map.of());
    clickHouse.text("INSERT INTO costattr.past VALUES " + rows, Map.of());
    clickHouse.text(
        """
        INSERT INTO costattr.costattr_calls
        WITH
            cityHash64(request_id, hour, copy) AS chance,
            fromUnixTimestamp64Milli(toInt64(hour) * 1000 + chance % toUInt32(3600000 * part), 'UTC') AS moved
        SELECT calls.* REPLACE (
            moved AS timestamp,
            generateUUIDv4() AS event_id,
            concat(request_id, '-', toString(hour), '-', toString(copy)) AS request_id,
            toDateTime(moved, 'UTC') + greatest(1, dateDiff('second', calls.timestamp, calls.received_at)) AS received_at)
        FROM (SELECT * FROM costattr.costattr_calls FINAL) AS calls
        INNER JOIN costattr.past AS past ON past.feature = calls.feature
        ARRAY JOIN range(toUInt32(floor(rounds + cityHash64(calls.request_id, hour) % 1000 / 1000))) AS copy
        """,
        Map.of());
    clickHouse.text("DROP TABLE costattr.past", Map.of());
    clickHouse.sumUp();
  }

  /** The same series, growing as fast as the calls are made. */
  void in(Prometheus prometheus, Path directory) throws Exception {
    Path file = directory.resolve("past.txt");
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      for (Entry<JsonNode, Double> series :
          prometheus
              .samples("{__name__=~\"costattr_.*|otelcol_.*|up\",alertname=\"\"}")
              .entrySet()) {
        write(series.getKey(), series.getValue(), out);
      }
      out.write("# EOF\n");
    }
    prometheus.remember(file);
  }

  private void write(JsonNode labels, double value, BufferedWriter out) throws IOException {
    String name = labels.path("__name__").asText();
    // Names are quoted, because some of the collector's own have dots in them.
    StringJoiner written = new StringJoiner(",", "{\"" + name + "\",", "} ");
    for (Entry<String, JsonNode> label : labels.properties()) {
      if (!label.getKey().equals("__name__")) {
        String escaped = label.getValue().asText().replace("\\", "\\\\").replace("\"", "\\\"");
        written.add("\"" + label.getKey() + "\"=\"" + escaped + "\"");
      }
    }
    String likely = labels.path("job").asText().contains("jobs") ? JOB : "support-chat";
    String feature = labels.path("costattr_feature").asText(likely);
    boolean grows = name.matches(COUNTER);
    double done = 0;
    Instant before = end;
    for (Instant at : sampled()) {
      if (before.isBefore(at)) {
        done += rounds(feature, before, end) * Duration.between(before, at).toSeconds() / 3600;
      }
      before = at;
      out.write(written + Double.toString(grows ? value * done : value));
      out.write(" " + at.getEpochSecond() + "\n");
    }
  }

  /** Every few minutes of the last day and of the same a week before, every hour of the others. */
  private Iterable<Instant> sampled() {
    TreeSet<Instant> times = new TreeSet<>();
    for (long minutes = 0; minutes < Duration.ofDays(SAMPLED_DAYS).toMinutes(); minutes += 10) {
      boolean dense = minutes / 1440 == 0 || minutes / 1440 == 7;
      if (dense || minutes % 60 == 0) {
        times.add(end.minus(minutes, ChronoUnit.MINUTES));
      }
    }
    return times;
  }
}
