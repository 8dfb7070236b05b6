package io.costattr.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One event in words and numbers: who called what, and how it became dollars. */
final class Explanation {
  private final JsonObject event;
  private final PrintWriter out;

  Explanation(JsonObject event, PrintWriter out) {
    this.event = event;
    this.out = out;
  }

  /** Prints it. Returns false when the event's numbers contradict each other. */
  boolean print() {
    who();
    what();
    out.println();
    BigDecimal total = event.number("cost_usd");
    Arithmetic arithmetic = new Arithmetic(event.objects("cost_breakdown"), total);
    arithmetic.print(out);
    fact("basis", basis());
    BigDecimal risk = event.number("cost_at_risk_usd");
    if (risk != null) {
      fact("at risk", usd(risk) + ": an upper estimate of what may have been billed beyond that");
    }
    return arithmetic.isRight();
  }

  private void who() {
    fact(
        "event",
        event.text("event_id")
            + join(" (attempt ", event.text("attempt"))
            + join(" of request ", event.text("request_id"))
            + ")");
    fact(
        "when",
        event.text("timestamp")
            + join(", took ", event.text("latency_ms"), " ms")
            + join(", first chunk after ", event.text("ttft_ms"), " ms"));
    List<String> who = new ArrayList<>();
    for (String dimension : List.of("feature", "customer_id", "route", "team", "environment")) {
      String value = event.text(dimension);
      if (value != null) {
        who.add(dimension.replace("_id", "") + " " + value);
      }
    }
    fact("who", String.join(", ", who));
    Map<String, String> tags = event.texts("tags");
    if (!tags.isEmpty()) {
      List<String> pairs = new ArrayList<>();
      tags.forEach((name, value) -> pairs.add(name + "=" + value));
      fact("tags", String.join(", ", pairs));
    }
    if (event.text("call_site") != null) {
      fact("code", Objects.requireNonNull(event.text("call_site")));
    }
  }

  private void what() {
    String model = event.text("model");
    String asked = event.text("request_model");
    fact(
        "model",
        (model == null ? "not known" : model)
            + (asked == null || asked.equals(model) ? "" : " (asked for: " + asked + ")")
            + join(", tier ", event.text("service_tier")));
    fact(
        "call",
        event.text("provider")
            + join(" ", event.text("endpoint"))
            + (event.isTrue("stream") ? ", streamed" : "")
            + join(", ", event.text("outcome"))
            + join(", HTTP ", event.text("http_status"))
            + join(", error ", event.text("error_code")));
    String rule = event.text("price_rule");
    fact(
        "price",
        (rule == null ? "no row" : "rows found by " + rule)
            + join(", price book ", event.text("price_version")));
  }

  private String basis() {
    String basis = event.text("cost_basis");
    String model = event.text("model");
    return basis
        + switch (basis == null ? "" : basis) {
          case "reported" -> ": the provider's usage, priced by the book";
          case "provider" -> ": the provider's own charge; no rates were applied";
          case "estimated" ->
              ": the answer ended without usage; the tokens were counted from what passed";
          case "none" -> ": nothing was billed" + join(", the answer was HTTP ", status());
          case "unpriced" ->
              ": the book has no price for "
                  + unpriced()
                  + (model == null ? "" : " of " + model)
                  + "; the cost is not known, not zero. Add a row with costattr.prices.file";
          case "pending" ->
              ": the provider has accepted the work only; what it costs stands in the event of its"
                  + " answer"
                  + join(", which has the same response_id ", event.text("response_id"));
          case "unknown" ->
              ": the answer ended before its usage"
                  + join(" (", event.text("error_code"), ")")
                  + " and nothing could be counted; the cost is not known, not zero";
          default -> "";
        };
  }

  private @Nullable String status() {
    String status = event.text("http_status");
    return "200".equals(status) ? null : status;
  }

  private String unpriced() {
    List<String> meters = new ArrayList<>();
    for (JsonObject line : event.objects("cost_breakdown")) {
      String meter = line.text("meter");
      if (line.number("cost_usd") == null && meter != null) {
        meters.add(meter);
      }
    }
    return meters.isEmpty() ? "the usage" : String.join(", ", meters);
  }

  private void fact(String name, String text) {
    out.printf("%-9s%s%n", name, Terminal.safe(text));
  }

  private static String usd(BigDecimal usd) {
    return "$" + Arithmetic.plain(usd);
  }

  private static String join(String before, @Nullable String text) {
    return join(before, text, "");
  }

  private static String join(String before, @Nullable String text, String after) {
    return text == null ? "" : before + text + after;
  }
}
