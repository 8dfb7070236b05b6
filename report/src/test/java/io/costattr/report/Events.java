package io.costattr.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lines of events, as the agent writes them, with the fields that a test cares for. */
final class Events {
  private final Map<String, String> fields = new LinkedHashMap<>();

  private Events(String id) {
    with("event", "openai.request");
    with("event_id", id);
    with("timestamp", "2026-11-23T10:15:30.120Z");
    with("feature", "chat");
    with("customer_id", "acme");
    with("cost_basis", "reported");
    json("cost_usd", "0.01");
  }

  static Events event(String id) {
    return new Events(id);
  }

  Events with(String field, String text) {
    return json(field, '"' + text + '"');
  }

  Events json(String field, String json) {
    fields.put(field, json);
    return this;
  }

  String line() {
    StringBuilder line = new StringBuilder("{");
    fields.forEach(
        (name, value) ->
            line.append(line.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return line.append("}\n").toString();
  }
}
