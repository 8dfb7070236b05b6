package io.costattr.it.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every exchange costs what its file says. */
class AccuracyTest {
  private static final Path FOLDER =
      AgentJvm.root().resolve("integration-tests/src/test/resources/accuracy");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> everyExchangeCostsWhatItMust() throws Exception {
    Result result =
        AgentJvm.of(directory, Replay.class)
            .withAgent("otel.sdk.disabled=true")
            .argument(FOLDER.toString())
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("internal fault");
    Map<String, List<JsonNode>> events =
        result.events().stream()
            // Beside the event of a large prompt stands a notice.
            .filter(event -> event.path("event").asText().endsWith(".request"))
            .collect(Collectors.groupingBy(event -> event.path("feature").asText()));
    List<Exchange> exchanges = Exchange.all(FOLDER);
    System.out.println("accuracy: " + exchanges.size() + " exchanges");
    return exchanges.stream()
        .map(
            exchange ->
                dynamicTest(
                    exchange.name(),
                    () -> check(exchange, events.getOrDefault(exchange.name(), List.of()))));
  }

  private static void check(Exchange exchange, List<JsonNode> events) {
    List<JsonNode> expected = exchange.expected();
    assertThat(events).hasSameSizeAs(expected);
    for (int i = 0; i < events.size(); i++) {
      check(expected.get(i), events.get(i));
    }
  }

  private static void check(JsonNode expected, JsonNode event) {
    expected
        .properties()
        .forEach(
            field -> {
              switch (field.getKey()) {
                case "buckets" ->
                    assertThat(buckets(event))
                        .as("buckets of %s", event)
                        .isEqualTo(quantities(field.getValue()));
                case "cost_usd" -> checkCost(event, field.getValue());
                default ->
                    assertThat(event.path(field.getKey()).toString())
                        .as("%s of %s", field.getKey(), event)
                        .isEqualTo(field.getValue().toString());
              }
            });
  }

  private static void checkCost(JsonNode event, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(event.path("cost_usd").isNull()).as("no cost: %s", event).isTrue();
      return;
    }
    assertThat(event.path("cost_usd").decimalValue())
        .as("cost of %s", event)
        .isEqualByComparingTo(new BigDecimal(expected.asText()));
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode part : event.path("cost_breakdown")) {
      sum = sum.add(part.path("cost_usd").decimalValue());
    }
    assertThat(sum).as("sum of the parts of %s", event).isEqualByComparingTo(expected.asText());
  }

  private static Map<String, Long> buckets(JsonNode event) {
    Map<String, Long> buckets = new TreeMap<>();
    for (JsonNode part : event.path("cost_breakdown")) {
      buckets.merge(part.path("meter").asText(), part.path("quantity").asLong(), Long::sum);
    }
    return buckets;
  }

  private static Map<String, Long> quantities(JsonNode expected) {
    Map<String, Long> quantities = new TreeMap<>();
    expected
        .properties()
        .forEach(bucket -> quantities.put(bucket.getKey(), bucket.getValue().asLong()));
    return quantities;
  }
}
