package io.costattr.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;

/**
 * One object: {@code rows}, {@code total} and {@code read}. Money is a plain decimal number, what
 * is not known is null, the share is a fraction.
 */
final class JsonFormat implements Format {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  @Override
  public void print(Report report, boolean totals, Writer out) throws IOException {
    JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new DefaultPrettyPrinter());
    json.writeStartObject();
    json.writeArrayFieldStart("rows");
    for (Report.Row row : report.rows()) {
      json.writeStartObject();
      for (int i = 0; i < report.by().size(); i++) {
        json.writeStringField(report.by().get(i).name(), row.keys().get(i));
      }
      values(row, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (totals || report.by().isEmpty()) {
      json.writeObjectFieldStart("total");
      values(report.total(), json);
      json.writeEndObject();
    }
    json.writeNumberField("groups", report.groups());
    json.writeObjectFieldStart("read");
    json.writeNumberField("files", report.loaded().files());
    json.writeNumberField("calls", report.loaded().calls());
    json.writeNumberField("duplicates", report.loaded().duplicates());
    json.writeNumberField("other_events", report.loaded().notices());
    json.writeNumberField("bad_lines", report.loaded().bad());
    json.writeEndObject();
    json.writeEndObject();
    json.close();
    out.write('\n');
  }

  private static void values(Report.Row row, JsonGenerator json) throws IOException {
    for (Measure measure : Measure.values()) {
      json.writeFieldName(measure.id());
      BigDecimal value = row.value(measure);
      if (value == null) {
        json.writeNull();
      } else {
        json.writeNumber(Decimals.plain(value));
      }
    }
  }
}
