package io.costattr.it.accuracy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One file: a request, its response and what the event must say.
 *
 * <pre>
 * {
 *   "reason":   why this exchange is here,
 *   "method":   POST when absent,
 *   "url":      of the provider: its host decides, though the call goes to loopback,
 *   "headers":  of the request, if any,
 *   "request":  the body: JSON, or a text,
 *   "status":   200 when absent,
 *   "type":     the response's content type; application/json when absent,
 *   "response": the body: JSON, or a text; or
 *   "events":   the data of each server-sent event: JSON, or a text, or {"event": name, "data": ...},
 *   "messages": of a web socket in place of all that, in their order: {"sent": JSON} by the
 *               application, {"received": JSON} by it; the provider closes the socket behind them,
 *   "expect":   fields of the event, each compared as JSON; null for fields that must be null;
 *               "buckets": the breakdown's quantities by meter; "cost_usd": a string of digits;
 *               or null when the exchange must leave no event; of several events a list
 * }
 * </pre>
 */
record Exchange(String name, JsonNode file) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All of a folder, in the order of their names. */
  static List<Exchange> all(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(file -> read(folder, file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Exchange read(Path folder, Path file) {
    String name = folder.relativize(file).toString().replace('\\', '/').replace(".json", "");
    try {
      return new Exchange(name, JSON.readTree(Files.readString(file, UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  boolean isSocket() {
    return file.has("messages");
  }

  /** Of a web socket, in their order. */
  List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : file.path("messages")) {
      boolean sent = message.has("sent");
      messages.add(new Message(sent, text(message.path(sent ? "sent" : "received"))));
    }
    return messages;
  }

  /**
   * A message on a web socket.
   *
   * @param sent whether the application says it
   */
  record Message(boolean sent, String text) {}

  String method() {
    return file.path("method").asText("POST");
  }

  URI url() {
    return URI.create(file.path("url").asText());
  }

  JsonNode headers() {
    return file.path("headers");
  }

  String requestBody() {
    return text(file.path("request"));
  }

  int status() {
    return file.path("status").asInt(200);
  }

  String contentType() {
    return file.path("type").asText(file.has("events") ? "text/event-stream" : "application/json");
  }

  String responseBody() {
    if (!file.has("events")) {
      return text(file.path("response"));
    }
    StringBuilder stream = new StringBuilder();
    for (JsonNode event : file.path("events")) {
      if (event.has("event") && event.has("data")) {
        stream.append("event: ").append(event.path("event").asText()).append('\n');
        event = event.path("data");
      }
      stream.append("data: ").append(text(event)).append("\n\n");
    }
    return stream.toString();
  }

  /** What the events must say, in their order; empty when there must be none. */
  List<JsonNode> expected() {
    JsonNode expected = file.path("expect");
    if (expected.isNull()) {
      return List.of();
    }
    List<JsonNode> all = new ArrayList<>();
    if (expected.isArray()) {
      expected.forEach(all::add);
    } else {
      all.add(expected);
    }
    return all;
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "" : node.isTextual() ? node.asText() : node.toString();
  }
}
