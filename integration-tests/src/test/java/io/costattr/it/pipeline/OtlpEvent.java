package io.costattr.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/** A call's event as an agent sends it, for what no agent does on purpose. */
final class OtlpEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private OtlpEvent() {}

  /** A call of a feature of its own, at that time and that cost. */
  static String call(String id, String feature, Instant at, long picoUsd) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode resource = root.putArray("resourceLogs").addObject();
    attribute(resource.putObject("resource").putArray("attributes"), "service.name", "by hand");
    ObjectNode scope = resource.putArray("scopeLogs").addObject();
    ObjectNode record = scope.putArray("logRecords").addObject();
    record.put("timeUnixNano", at.getEpochSecond() + "%09d".formatted(at.getNano()));
    record.put("eventName", "costattr.llm.call");
    ArrayNode attributes = record.putArray("attributes");
    attribute(attributes, "costattr.event.id", id);
    attribute(attributes, "costattr.feature", feature);
    attribute(attributes, "costattr.customer.id", "cust_1");
    attribute(attributes, "costattr.cost.basis", "reported");
    attribute(attributes, "costattr.outcome", "completed");
    attributes
        .addObject()
        .put("key", "costattr.cost.pico_usd")
        .putObject("value")
        .put("intValue", Long.toString(picoUsd));
    return root.toString();
  }

  private static void attribute(ArrayNode to, String name, String value) {
    to.addObject().put("key", name).putObject("value").put("stringValue", value);
  }

  /** Sends it and returns the status. */
  static int send(String body, int port) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/logs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** Sends it to a collector that takes it. */
  static void sendWell(String body, int port) throws Exception {
    assertThat(send(body, port)).isEqualTo(200);
  }
}
