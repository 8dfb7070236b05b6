package io.costattr.it.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must stand in the ledger after a case: its entries by attempt, each by some of its fields.
 * Values are regular expressions over the field as text.
 *
 * @param oneCall whether all of them are attempts of one logical call
 */
record Ledger(List<Map<String, String>> entries, boolean oneCall) {

  private Ledger(List<Map<String, String>> entries) {
    this(entries, true);
  }

  /** No model call was made. */
  static Ledger nothing() {
    return new Ledger(List.of());
  }

  /** The usage of the fixtures: 12 tokens of which 4 cached, 5 of which 2 reasoning. */
  static Ledger reported() {
    return reported(12, 5);
  }

  static Ledger reported(long prompt, long completion) {
    return one("cost_basis", "reported", "http_status", "200", "error_code", "null")
        .and("prompt_tokens", Long.toString(prompt))
        .and("completion_tokens", Long.toString(completion))
        .and("outcome", "completed");
  }

  /** No usage that can be believed: counted from what passed. */
  static Ledger estimated() {
    return one("cost_basis", "estimated", "http_status", "200", "prompt_tokens", "7|1[0-9]");
  }

  /** Sent, and nothing to count. */
  static Ledger unknown() {
    return one("cost_basis", "unknown", "cost_usd", "null", "prompt_tokens", "null");
  }

  /** Work that is only accepted: what it costs comes with its answer. */
  static Ledger pending() {
    return one("cost_basis", "pending", "cost_usd", "null", "prompt_tokens", "null");
  }

  /** An error answer: billed nothing. */
  static Ledger refused(int status, String code) {
    return one("cost_basis", "none", "cost_usd", "0", "http_status", Integer.toString(status))
        .and("error_code", code)
        .and("outcome", "completed");
  }

  static Ledger one(String... fieldsAndValues) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("attempt", "1");
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      entry.put(fieldsAndValues[i], fieldsAndValues[i + 1]);
    }
    return new Ledger(List.of(entry));
  }

  /** The same, with a field of the last entry set. */
  Ledger and(String field, String value) {
    List<Map<String, String>> changed = new ArrayList<>(entries);
    Map<String, String> last = new LinkedHashMap<>(changed.remove(changed.size() - 1));
    last.put(field, value);
    changed.add(last);
    return new Ledger(changed);
  }

  /** The same, whatever that field of its entries is. */
  Ledger without(String field) {
    List<Map<String, String>> changed = new ArrayList<>();
    for (Map<String, String> entry : entries) {
      Map<String, String> less = new LinkedHashMap<>(entry);
      less.remove(field);
      changed.add(less);
    }
    return new Ledger(changed);
  }

  /** The same, and then these as the next attempts of the same request. */
  Ledger then(Ledger next) {
    List<Map<String, String>> all = new ArrayList<>(entries);
    for (Map<String, String> entry : next.entries) {
      Map<String, String> numbered = new LinkedHashMap<>(entry);
      numbered.put("attempt", Integer.toString(all.size() + 1));
      all.add(numbered);
    }
    return new Ledger(all);
  }

  /** The same, and then these as another call of the same feature. */
  Ledger thenAnother(Ledger next) {
    List<Map<String, String>> all = new ArrayList<>(entries);
    all.addAll(next.entries);
    return new Ledger(all, false);
  }

  /** What is wrong with these events, in words; empty when nothing is. */
  List<String> complaints(List<JsonNode> events) {
    List<String> wrong = new ArrayList<>();
    if (events.size() != entries.size()) {
      wrong.add("expected " + entries.size() + " entries, got " + events.size());
      events.forEach(event -> wrong.add("  " + event));
      return wrong;
    }
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      entries
          .get(i)
          .forEach(
              (field, value) -> {
                String actual = event.path(field).asText();
                if (!actual.matches(value)) {
                  wrong.add(field + ": expected " + value + ", got " + actual + " in " + event);
                }
              });
      if (oneCall && !event.path("request_id").equals(events.get(0).path("request_id"))) {
        wrong.add("attempts of one call have different request_ids");
      }
      invariants(event, wrong);
    }
    return wrong;
  }

  /** What holds for every entry whatever happened: above all, never a silent zero. */
  private static void invariants(JsonNode event, List<String> wrong) {
    String basis = event.path("cost_basis").asText();
    JsonNode cost = event.path("cost_usd");
    boolean right =
        switch (basis) {
          case "reported", "estimated" -> cost.isNumber() && cost.decimalValue().signum() > 0;
          case "none" -> cost.isNumber() && cost.decimalValue().signum() == 0;
          case "unknown", "unpriced", "pending" -> cost.isNull();
          default -> false;
        };
    if (!right) {
      wrong.add("cost " + cost + " with basis " + basis + " in " + event);
    }
    if (event.path("http_status").asInt() >= 400 && event.path("error_code").isNull()) {
      wrong.add("an error answer without an error code in " + event);
    }
    if (event.path("outcome").asText().equals("failed") && event.path("error_code").isNull()) {
      wrong.add("a failure without an error code in " + event);
    }
  }
}
