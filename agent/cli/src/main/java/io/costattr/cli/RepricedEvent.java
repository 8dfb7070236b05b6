package io.costattr.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.costattr.core.price.Cost;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event as it was written, but for its cost and where that comes from. */
final class RepricedEvent {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private RepricedEvent() {}

  /**
   * The event with another cost; every other field as it is, numbers to the last digit.
   *
   * @throws IOException when the text is no JSON
   */
  static String of(String event, Cost cost) throws IOException {
    StringWriter text = new StringWriter(event.length() + 64);
    try (JsonParser json = JSON.createParser(event);
        JsonGenerator out = JSON.createGenerator(text)) {
      json.nextToken();
      out.writeStartObject();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        out.writeFieldName(name);
        json.nextToken();
        if (write(out, name, cost)) {
          json.skipChildren();
        } else {
          copy(json, out);
        }
      }
      out.writeEndObject();
    }
    return text.toString();
  }

  /** Writes the new value of a field; false when the field keeps its own. */
  private static boolean write(JsonGenerator out, String field, Cost cost) throws IOException {
    switch (field) {
      case "cost_usd" -> number(out, cost.usd());
      case "cost_breakdown" -> lines(out, cost);
      case "cost_basis" -> out.writeString(cost.basis().id());
      case "price_version" -> out.writeString(cost.version());
      case "price_rule" -> out.writeString(cost.rule());
      case "price_rows" -> rows(out, cost);
      // What these were of the old cost they are not of the new one.
      case "long_context_surcharge_usd",
          "cache_savings_usd",
          "cache_premium_usd",
          "budget_cost_usd" ->
          out.writeNull();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void lines(JsonGenerator out, Cost cost) throws IOException {
    out.writeStartArray();
    for (Cost.Line line : cost.lines()) {
      out.writeStartObject();
      out.writeStringField("meter", line.meter().id());
      out.writeNumberField("quantity", line.quantity());
      out.writeFieldName("usd");
      number(out, line.usdPer());
      out.writeNumberField("per", line.per());
      out.writeStringField("row", line.row());
      out.writeFieldName("cost_usd");
      number(out, line.picoUsd() == null ? null : Cost.usd(line.picoUsd()));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void rows(JsonGenerator out, Cost cost) throws IOException {
    Set<String> rows = new LinkedHashSet<>();
    for (Cost.Line line : cost.lines()) {
      if (line.row() != null) {
        rows.add(line.row());
      }
    }
    out.writeStartArray();
    for (String row : rows) {
      out.writeString(row);
    }
    out.writeEndArray();
  }

  private static void number(JsonGenerator out, @Nullable BigDecimal number) throws IOException {
    if (number == null) {
      out.writeNull();
    } else {
      out.writeNumber(Arithmetic.plain(number));
    }
  }

  /** Jackson's own copy makes doubles of decimals. */
  private static void copy(JsonParser json, JsonGenerator out) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> {
        out.writeStartObject();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          out.writeFieldName(json.currentName());
          json.nextToken();
          copy(json, out);
        }
        out.writeEndObject();
      }
      case START_ARRAY -> {
        out.writeStartArray();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          copy(json, out);
        }
        out.writeEndArray();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(json.getText());
      default -> out.copyCurrentEvent(json);
    }
  }
}
