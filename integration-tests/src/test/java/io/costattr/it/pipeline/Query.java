package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The queries of {@code collector-config/clickhouse/queries}. */
final class Query {
  private Query() {}

  /**
   * Runs one.
   *
   * @param name of the file, without its ending
   * @param parameters names and values, by turns
   */
  static List<JsonNode> run(ClickHouse clickHouse, String name, String... parameters)
      throws Exception {
    Map<String, String> named = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put(parameters[i], parameters[i + 1]);
    }
    return clickHouse.rows(text(name), named);
  }

  static String text(String name) throws IOException {
    return Files.readString(
            Programs.config().resolve("clickhouse/queries").resolve(name + ".sql"), UTF_8)
        .strip();
  }
}
