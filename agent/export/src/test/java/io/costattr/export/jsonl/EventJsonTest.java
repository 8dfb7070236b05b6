package io.costattr.export.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import io.costattr.core.price.Cost;
import io.costattr.export.Entries;
import io.costattr.export.EventField;
import io.costattr.export.Registry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {

  @Test
  void aPricedCallBecomesThisLine() throws Exception {
    assertThat(json(Entries.priced("0190f3c4-5b6a-7000-8000-000000000001")))
        .isEqualTo(golden("priced"));
  }

  @Test
  void aRefusedCallBecomesThisLine() throws Exception {
    assertThat(json(Entries.refused("0190f3c4-5b6a-7000-8000-000000000002")))
        .isEqualTo(golden("refused"));
  }

  @Test
  void aCallOfWhichNothingIsKnownHasNullsAndNoZeros() throws Exception {
    assertThat(json(Entries.unknown("0190f3c4-5b6a-7000-8000-000000000003")))
        .isEqualTo(golden("unknown"));
  }

  @Test
  void anUnpricedCallNamesTheQuantityWithoutPrice() throws Exception {
    assertThat(json(Entries.unpriced("0190f3c4-5b6a-7000-8000-000000000004")))
        .isEqualTo(golden("unpriced"));
  }

  @Test
  void whatGivesReasonToLookIsSaid() throws Exception {
    assertThat(json(Entries.guarded("a")))
        .contains(
            "\"long_context_surcharge_usd\":0.687505,\"cache_savings_usd\":0.027,"
                + "\"cache_premium_usd\":0.0015,\"budget_cost_usd\":4,")
        .contains("\"anomaly\":\"contradictory_usage\"");
  }

  @Test
  void aNoticeOfALargePromptNamesItsCallAndHasNoMoney() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EventJson("shop", true).writePromptSizeWarning(Entries.guarded("a"), 1000, out);

    String json = out.toString(StandardCharsets.UTF_8);
    assertThat(fields(json)).isEqualTo(Registry.read().names("notice_fields"));
    assertThat(json)
        .startsWith("{\"event\":\"openai.prompt_size_warning\",\"event_id\":\"")
        .contains("\"prompt_tokens\":1200,\"prompt_limit\":1000,\"call_event_id\":\"a\"")
        .doesNotContain("_usd");
  }

  @Test
  void aNoticeOfABudgetHasItsFiguresInItsUnit() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EventJson("shop", true).writeBudgetNotice(Entries.threshold(), out);

    String json = out.toString(StandardCharsets.UTF_8);
    assertThat(fields(json)).isEqualTo(Registry.read().names("budget_notice_fields"));
    assertThat(json)
        .startsWith("{\"event\":\"costattr.budget.threshold\",\"event_id\":\"")
        .contains(
            "\"timestamp\":\"2026-11-23T10:00:00.000Z\",\"service\":\"shop\","
                + "\"budget\":\"customers\",\"budget_value\":\"acme\",\"budget_unit\":\"usd\","
                + "\"budget_action\":\"block\",\"percent\":80,\"limit\":50,"
                + "\"spent\":40.000000000001,\"window_start\":\"2026-11-01T00:00:00.000Z\","
                + "\"window_end\":\"2026-12-01T00:00:00.000Z\"}");
  }

  @Test
  void anEntryOfWhichSomethingCannotBeIsMarked() throws Exception {
    assertThat(json(Entries.contradictory("a")))
        .contains("\"anomaly\":\"contradictory_usage\"")
        .contains("\"cost_basis\":\"reported\"");
  }

  @Test
  void everyEventHasEveryFieldInOrder() throws Exception {
    List<String> all = Arrays.stream(EventField.values()).map(EventField::id).toList();
    assertThat(fields(json(Entries.priced("a")))).isEqualTo(all);
    assertThat(fields(json(Entries.unknown("b")))).isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0.000000000001",
    "20000, 0.00000002",
    "1000000000000, 1",
    "120000000000000, 120",
    "9223372036854775807, 9223372.036854775807"
  })
  void moneyIsAPlainNumber(long pico, String usd) throws Exception {
    Cost cost = new Cost(Basis.REPORTED, pico, null, List.of(), null, null);
    CostEvent event = Entries.priced("a");
    event = new CostEvent(event.attempt(), event.attribution(), event.usage(), cost);
    assertThat(json(event)).contains("\"cost_usd\":" + usd + ",");
  }

  @Test
  void whatUsersWriteStaysOnOneLineAndValid() throws Exception {
    String nasty = "a\n\r\"\\\u2028\u0000 \ud83d\ude00 \ud83d";
    String json =
        json(
            Entries.of(
                "a",
                new ResolvedAttribution(
                    nasty, "r", nasty, "t", "e", Map.of(nasty, nasty), Set.of(), Sources.NONE)));
    assertThat(json).doesNotContain("\n").doesNotContain("\r");
    assertThat(texts(json)).contains("a\n\r\"\\\u2028\u0000 \ud83d\ude00 \ufffd");
  }

  @Test
  void withoutSpansOfOurOwnTheLineIsJoinedToTheApplicationsSpan() throws Exception {
    EventJson json = new EventJson("shop", false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    json.write(Entries.priced("a"), out);
    json.write(Entries.outsideOfSpans("a"), out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"span_id\":\"" + Entries.HOST.spanId() + "\"")
        .contains("\"trace_id\":null,\"span_id\":null");
  }

  private static String json(CostEvent event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EventJson("shop", true).write(event, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = EventJsonTest.class.getResourceAsStream("/jsonl/" + name + ".jsonl")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static List<String> fields(String json) throws IOException {
    List<String> fields = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        fields.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return fields;
  }

  private static List<String> texts(String json) throws IOException {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          texts.add(parser.getText());
        }
      }
    }
    return texts;
  }
}
