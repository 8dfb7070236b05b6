package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the agents wrote into their events files: what every store is held against. */
final class Ledger {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Map<String, JsonNode> events = new TreeMap<>();

  /** Of all those files. */
  static Ledger of(List<Path> files) throws IOException {
    Ledger ledger = new Ledger();
    for (Path file : files) {
      for (String line : Files.readAllLines(file, UTF_8)) {
        JsonNode event = JSON.readTree(line);
        if (event.path("event").asText().endsWith(".request")) {
          ledger.events.put(event.path("event_id").asText(), event);
        }
      }
    }
    return ledger;
  }

  /** Takes in what another has. */
  void add(Ledger other) {
    events.putAll(other.events);
  }

  int size() {
    return events.size();
  }

  JsonNode event(String id) {
    return events.get(id);
  }

  /** What all of it cost, to the pico-dollar. */
  BigDecimal total() {
    return events.values().stream().map(Ledger::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** All of another amount. */
  BigDecimal sum(String amount) {
    return events.values().stream()
        .map(event -> event.path(amount))
        .filter(JsonNode::isNumber)
        .map(JsonNode::decimalValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What it cost by that field, to the pico-dollar. */
  Map<String, BigDecimal> by(String field) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (JsonNode event : events.values()) {
      sums.merge(event.path(field).asText(), cost(event), BigDecimal::add);
    }
    return sums;
  }

  private static BigDecimal cost(JsonNode event) {
    JsonNode cost = event.path("cost_usd");
    return cost.isNull() ? BigDecimal.ZERO : cost.decimalValue();
  }
}
