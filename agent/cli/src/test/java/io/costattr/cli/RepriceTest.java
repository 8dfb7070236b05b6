package io.costattr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepriceTest {
  private static final String CHEAP =
      "# version: acme\nprovider,model,meter,usd,per,effective_from\n"
          + "openai,gpt-5.5,input,1,1000000,2026-11-01\n"
          + "openai,gpt-5.5,output,2,1000000,2026-11-01\n";

  @TempDir Path folder;

  @Test
  void pricesEventsByAnotherBookAndPrintsBothSums() throws IOException {
    Path events = events(event("openai", "gpt-5.5", "default", "input", 1000, "0.005"));

    Run run = Run.of("reprice", "--events", events.toString(), "--at-book", book());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("+acme")
        .containsPattern("gpt-5\\.5 +1 +\\$0\\.005 +\\$0\\.001 +-\\$0\\.004 +\\(-80\\.0 %\\)")
        .containsPattern("total +1 +\\$0\\.005 +\\$0\\.001");
  }

  @Test
  void takesTheTierTheHoursAndTheRegionOfTheCall() throws IOException {
    Path batch = events(event("openai", "gpt-5.5", "batch", "input", 100_000, "0.25"));
    Path region =
        events(
            event("anthropic", "claude-opus-4-8", "standard", "input", 1_000_000, "5.5")
                .replace("\"response_model\"", "\"response_model+regional\""));
    Path peak =
        events(
            event("deepseek", "deepseek-flash", null, "input", 1_000_000, "0.3")
                .replace("2026-11-20T10:00", "2026-11-20T02:00"));

    assertThat(total(batch)).containsPattern("total +1 +\\$0\\.25 +\\$0\\.25 ");
    assertThat(total(region)).containsPattern("total +1 +\\$5\\.5 +\\$5\\.5 ");
    assertThat(total(peak)).containsPattern("total +1 +\\$0\\.3 +\\$0\\.3 ");
  }

  @Test
  void takesTheTierOfTheRowsWhereAProviderHasAnotherNameForIt() throws IOException {
    Path events =
        events(
            event("gcp.gemini", "gemini-2.5-flash", "ON_DEMAND", "input", 1_000_000, "0.3")
                .replace(
                    "\"row\":\"r\"",
                    "\"row\":\"gcp.gemini/gemini-2.5-flash/standard/short/input@2025-06-17\""));

    assertThat(total(events)).containsPattern("total +1 +\\$0\\.3 +\\$0\\.3 ");
  }

  @Test
  void findsADeploymentsModelInTheRows() throws IOException {
    Path events =
        events(
            event("azure.ai.openai", "prod-7", "default", "input", 1_000_000, "2.5")
                .replace("\"response_model\"", "\"openai_model_name:deployment_model\"")
                .replace("\"row\":\"r\"", "\"row\":\"openai/gpt-4o/standard/short/input@x\""));

    assertThat(total(events)).containsPattern("total +1 +\\$2\\.5 +\\$2\\.5 ");
  }

  @Test
  void askedForAModelPricesTheSameTokensAsThatModels() throws IOException {
    Path events =
        events(
            event("anthropic", "claude-opus-4-8", "standard", "input", 1_000_000, "5"),
            event("openai", "gpt-5.5", "priority", "input", 1_000_000, "12.5"),
            event("openai", "text-embedding-3-small", null, "input", 1_000_000, "0.02")
                .replace("\"chat\"", "\"embeddings\""));

    Run run = Run.of("reprice", "--events", events.toString(), "--model", "gpt-5.4-mini");

    assertThat(run.out())
        .contains("would be")
        .containsPattern("claude-opus-4-8 +1 +\\$5 +\\$0\\.75 ")
        .containsPattern("gpt-5\\.5 +1 +\\$12\\.5 +\\$0\\.75 ")
        .containsPattern("total +2 +\\$17\\.5 +\\$1\\.5 ")
        .contains("another kind of call): 1, recorded $0.02");
  }

  @Test
  void askedForATierSaysWhatHasNone() throws IOException {
    Path events =
        events(
            event("openai", "gpt-5.5", "default", "input", 100_000, "0.5"),
            event("openai", "gpt-4", "default", "input", 1_000_000, "30"));

    Run run = Run.of("reprice", "--events", events.toString(), "--tier", "batch");

    assertThat(run.out())
        .containsPattern("total +1 +\\$0\\.5 +\\$0\\.25 ")
        .contains("without a price in this book, in neither sum: 1, recorded $30");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void askedForADayTakesItsPrices() throws IOException {
    Path events = events(event("gcp.gemini", "gemini-3.8-flash", null, "input", 1_000_000, "0.75"));

    Run run = Run.of("reprice", "--events", events.toString(), "--at", "2027-01-01");

    assertThat(run.out()).containsPattern("total +1 +\\$0\\.75 +\\$1\\.5 +\\+\\$0\\.75 +\\(\\+100");
  }

  @Test
  void keepsWhatNoBookPriced() throws IOException {
    String event = event("openai", "gpt-5.5", "default", "input", 1000, "0.005");
    Path events =
        events(
            event.replace("reported", "provider"),
            event.replace("reported", "none"),
            event.replace("\"input\"", "\"teleportation\""),
            event.replace(":1000,", ":-1.5,"),
            event.replace("2026-11-20T10:00:00Z", "later"),
            "torn {\"event_id\"",
            "[]",
            "");

    Run run = Run.of("reprice", "--events", events.toString());

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("total +0 ")
        .contains("another kind of call): 5, recorded $0.025")
        .contains("lines that are no events: 2");
  }

  @Test
  void keepsWhatSeveralModelsDidForOneCall() throws IOException {
    String one = event("openai", "gpt-5.5", "default", "input", 1000, "0.005");
    String other = "{\"meter\":\"%s\",\"quantity\":20,\"usd\":5,\"per\":1000000,\"row\":\"%s\"}";
    Path events =
        events(
            one.replace("[{", "[" + other.formatted("input", "null") + ",{"),
            one.replace("\"r\",\"cost", "\"openai/gpt-5.5/standard/short/input@1\",\"cost")
                .replace(
                    "[{",
                    "["
                        + other.formatted(
                            "image_output", "openai/gpt-image-1/standard/short/image_output@1")
                        + ",{"));

    assertThat(total(events))
        .containsPattern("total +0 ")
        .contains("another kind of call): 2, recorded $0.01");
  }

  @Test
  void copiesANoticeAndDoesNotCountIt() throws IOException {
    String notice = "{\"event\":\"openai.prompt_size_warning\",\"event_id\":\"e-2\"}";
    Path events = events(notice);
    Path out = folder.resolve("noticed.jsonl");

    Run run = Run.of("reprice", "--events", events.toString(), "--out", out.toString());

    assertThat(run.out()).containsPattern("total +0 ").doesNotContain("not priced again");
    assertThat(Files.readAllLines(out)).containsExactly(notice);
  }

  @Test
  void whatTheOldCostWasMadeOfIsNotSaidOfTheNewOne() throws IOException {
    Path events =
        events(
            event("openai", "gpt-5.5", "default", "input", 1000, "0.005")
                .replace("\"price_version\"", "\"cache_savings_usd\":0.1,\"price_version\""));
    Path out = folder.resolve("guarded.jsonl");

    Run.of("reprice", "--events", events.toString(), "--out", out.toString());

    assertThat(Files.readString(out)).contains("\"cache_savings_usd\":null");
  }

  @Test
  void anEventThatHadNoPriceAndHasOneNowIsInTheSum() throws IOException {
    Path events =
        events(
            event("openai", "gpt-5.5", "default", "input", 1000, "null")
                .replace("reported", "unpriced"));

    assertThat(total(events))
        .containsPattern("total +1 +\\$0 +\\$0\\.005 ")
        .contains("whose recorded cost was not known, $0 in the sum: 1");
  }

  @Test
  void writesANewFileAndLeavesEveryOtherFieldAsItIs() throws IOException {
    String kept = event("openai", "gpt-9", "default", "input", 7, "0.0000001");
    String event =
        event("openai", "gpt-5.5", "default", "input", 1000, "0.005")
            .replace(
                "\"tags\":{}", "\"tags\":{\"a\":\"\\u00e4\\n\",\"n\":[1,0.00000001,1e400,null]}");
    Path events = events(event, kept, "torn");
    Path out = folder.resolve("repriced.jsonl");

    Run run =
        Run.of(
            "reprice", "--events", events.toString(), "--at-book", book(), "--out", out.toString());

    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).isEqualTo(kept);
    assertThat(lines.get(0))
        .contains("\"tags\":{\"a\":\"\u00e4\\n\",\"n\":[1,0.00000001,1e400,null]}")
        .contains("\"cost_usd\":0.001,")
        .contains("\"cost_breakdown\":[{\"meter\":\"input\",\"quantity\":1000,\"usd\":1,")
        .contains("\"row\":\"openai/gpt-5.5/standard/short/input@2026-11-01\"")
        .contains("\"price_rows\":[\"openai/gpt-5.5/standard/short/input@2026-11-01\"]")
        .contains("+acme\"")
        .contains("\"cost_basis\":\"reported\"");
    assertThat(JsonObject.parse(lines.get(0)).text("event_id")).isEqualTo("e-1");
    Run explained = Run.of("explain", "e-1-", "--events", out.toString());
    assertThat(explained.err()).contains("no event");
    assertThat(Files.readAllLines(events).get(0)).isEqualTo(event);
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void neverWritesOverAFileNorAWhatIf() throws IOException {
    Path events = events(event("openai", "gpt-5.5", "default", "input", 1000, "0.005"));
    String file = events.toString();

    refused(file + " is there already", "reprice", "--events", file, "--out", file);
    refused(
        "what might have been is only printed",
        "reprice",
        "--events",
        file,
        "--model",
        "gpt-5.4-mini",
        "--out",
        file + ".new");
    refused(
        "cannot write", "reprice", "--events", file, "--out", folder + "/no/such/folder/x.jsonl");
    assertThat(Files.readAllLines(events)).hasSize(1);
  }

  @Test
  void readsRotatedAndPackedFilesOnce() throws IOException {
    String event = event("openai", "gpt-5.5", "default", "input", 1000, "0.005");
    Path events = folder.resolve("rotated.jsonl");
    Files.writeString(events, event + "\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("rotated.jsonl.1.gz")))) {
      out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Run run =
        Run.of("reprice", "--events", events.toString(), folder.resolve("rotated.jsonl.1.gz") + "");

    assertThat(run.out()).containsPattern("total +2 +\\$0\\.01 ");
  }

  @Test
  void refusesWhatItCannotAsk() {
    String events = folder.resolve("none.jsonl").toString();
    refused("there is no file", "reprice", "--events", events);
    refused("tier \"bath\" is not one of", "reprice", "--events", events, "--tier", "bath");
    refused("no price of \"gpt-9\"", "reprice", "--events", events, "--model", "gpt-9");
    assertThat(Run.of("reprice").code()).isEqualTo(2);
    assertThat(Run.of("reprice", "--help").out()).contains("--tier batch", "never");
  }

  @Test
  void saysThatItLivesAfterTwoSeconds() {
    AtomicLong nanos = new AtomicLong();
    StringWriter said = new StringWriter();
    Progress progress = new Progress(new PrintWriter(said), nanos::get);

    progress.of(1);
    nanos.set(1_999_999_999L);
    progress.of(2);
    assertThat(said.toString()).isEmpty();
    nanos.set(2_000_000_000L);
    progress.of(1_234_567);
    progress.of(1_234_568);
    assertThat(said.toString().lines()).containsExactly("[costattr] 1,234,567 events");
  }

  private static String total(Path events) {
    Run run = Run.of("reprice", "--events", events.toString());
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private String book() throws IOException {
    return Files.writeString(folder.resolve("acme.csv"), CHEAP).toString();
  }

  private Path events(String... lines) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "events", ".jsonl"), String.join("\n", lines) + "\n");
  }

  private static String event(
      String provider, String model, String tier, String meter, long quantity, String usd) {
    return "{\"event_id\":\"e-1\",\"timestamp\":\"2026-11-20T10:00:00Z\",\"tags\":{},"
        + "\"provider\":\""
        + provider
        + "\",\"endpoint\":\"chat\",\"model\":\""
        + model
        + "\",\"request_model\":null,\"service_tier\":"
        + (tier == null ? "null" : "\"" + tier + "\"")
        + ",\"cost_usd\":"
        + usd
        + ",\"cost_breakdown\":[{\"meter\":\""
        + meter
        + "\",\"quantity\":"
        + quantity
        + ",\"usd\":1,\"per\":1,\"row\":\"r\",\"cost_usd\":"
        + usd
        + "}],\"cost_basis\":\"reported\",\"price_version\":\"v\",\"price_rule\":\"response_model\","
        + "\"price_rows\":[\"r\"],\"batch_job_id\":null,\"server_address\":\"api.example\"}";
  }

  private static void refused(String message, String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }
}
