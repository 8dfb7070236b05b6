package io.costattr.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.costattr.core.budget.Review.Entry;
import io.costattr.core.budget.Unit;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How budgets stand, for programs: amounts are exact decimals, in USD, tokens or calls. */
final class BudgetsJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();
  private static final int PICO = 12;

  private BudgetsJson() {}

  /** An array of how they stand. */
  static void show(List<Entry> entries, PrintWriter out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      array(json, entries, false);
    }
    out.println();
  }

  /** An object: whether a call is blocked, and what each budget says of it. */
  static void explain(List<Entry> entries, boolean blocked, PrintWriter out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeBooleanField("blocked", blocked);
      json.writeFieldName("budgets");
      array(json, entries, true);
      json.writeEndObject();
    }
    out.println();
  }

  private static void array(JsonGenerator json, List<Entry> entries, boolean explains)
      throws IOException {
    json.writeStartArray();
    for (Entry entry : entries) {
      json.writeStartObject();
      json.writeStringField("budget", entry.budget());
      json.writeStringField("value", entry.value());
      json.writeStringField("unit", entry.unit().id());
      amount(json, "limit", entry.unit(), entry.limit());
      amount(json, "spent", entry.unit(), entry.spent());
      amount(json, "left", entry.unit(), entry.left());
      json.writeStringField("window", entry.window());
      json.writeStringField("resets_at", entry.resetsAt().toString());
      json.writeStringField("action", entry.action().id());
      if (explains) {
        json.writeBooleanField("concerned", entry.because() == null);
        json.writeStringField("because", entry.because());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void amount(JsonGenerator json, String name, Unit unit, @Nullable Long amount)
      throws IOException {
    if (amount == null) {
      json.writeNullField(name);
    } else if (unit == Unit.USD) {
      BigDecimal usd = BigDecimal.valueOf(amount, PICO).stripTrailingZeros();
      json.writeNumberField(name, usd.scale() < 0 ? usd.setScale(0) : usd);
    } else {
      json.writeNumberField(name, amount);
    }
  }
}
