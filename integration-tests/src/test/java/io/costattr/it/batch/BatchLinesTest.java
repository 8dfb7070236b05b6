package io.costattr.it.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.WireServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of a batch job, each for the customer that the uploaded file names. */
class BatchLinesTest {
  private static final String SECRET = "the launch is on the fourth of May";

  private final BatchServer server = new BatchServer();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"openai-java, \\n", "openai-java async, \\n", "jdk, \\r\\n"})
  void everyLineIsOnceForWhomItSays(String how, String lineEnd) throws Exception {
    Path file = file("mixed.jsonl", lines(lineEnd.translateEscapes()));
    try (WireServer provider = server.start()) {
      Result result = run("first", provider, how, file);

      assertThat(server.files.get("mixed.jsonl")).isEqualTo(Files.readString(file));
      assertThat(result.err()).doesNotContain("costattr");
      assertThat(each(result, "customer_id"))
          .isEqualTo(
              Map.of(
                  "of c1", "c1",
                  "by user", "u2",
                  "of nobody", "maker",
                  "moderated", "c4",
                  "a response", "c5"));
      assertThat(each(result, "feature")).containsEntry("of c1", "summary");
      assertThat(each(result, "feature")).containsEntry("by user", "nightly");
      assertThat(event(result, "of c1").path("tags").toString())
          .isEqualTo("{\"order\":\"42\",\"run\":\"7\"}");
      assertThat(event(result, "of c1").path("cost_usd").decimalValue())
          .isEqualByComparingTo("0.0125");
      assertThat(event(result, "moderated").path("cost_usd").decimalValue()).isZero();
      assertThat(event(result, "moderated").path("cost_basis").asText()).isEqualTo("none");
      assertThat(result.events().toString()).doesNotContain(SECRET);

      // A JVM that has uploaded nothing: the same entries, by their ids, and what answers repeat.
      Result other = run("second", provider, "read", file);
      assertThat(each(other, "event_id")).isEqualTo(each(result, "event_id"));
      assertThat(each(other, "customer_id"))
          .isEqualTo(
              Map.of(
                  "of c1", "reader",
                  "by user", "reader",
                  "of nobody", "reader",
                  "moderated", "reader",
                  "a response", "c5"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "another purpose"})
  void whatIsNoWholeInputOfABatchJobSaysNothing(String how) throws Exception {
    Path file = file("in.jsonl", line("of c1", "/v1/chat/completions", metadata("c1")) + "\n");
    try (WireServer provider = server.start()) {
      server.files.put("in.jsonl", Files.readString(file));
      Result result = run("jvm", provider, how, file);

      assertThat(each(result, "customer_id")).isEqualTo(Map.of("of c1", "maker"));
    }
  }

  @Test
  void beyondTheBoundTheJobsMakerPaysWhichIsSaidOnce() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      lines.append(line("line-" + i, "/v1/chat/completions", metadata("c" + i))).append('\n');
    }
    Path file = file("many.jsonl", lines.toString());
    try (WireServer provider = server.start()) {
      Result result = run("jvm", provider, "openai-java", file, "batch.lines.max.bytes=20000");

      Map<String, String> customers = each(result, "customer_id");
      assertThat(customers)
          .hasSize(200)
          .containsEntry("line-0", "c0")
          .containsEntry("line-199", "maker");
      assertThat(result.err().lines().filter(line -> line.contains("[costattr]")))
          .singleElement()
          .asString()
          .contains("costattr.batch.lines.max.bytes (20000)");
    }
  }

  private Result run(String name, WireServer provider, String how, Path file, String... settings)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("providers.127.0.0.1=openai");
    all.add("defaults.environment=test");
    all.add("otel.sdk.disabled=true");
    all.add("batch.line.customer.id=user");
    Result result =
        AgentJvm.of(Files.createDirectory(directory.resolve(name)), BatchLineCalls.class)
            .withAgent(all.toArray(String[]::new))
            .argument(provider.url() + "/v1", how, file.toString())
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }

  private static String lines(String lineEnd) {
    return String.join(
        lineEnd,
        line(
            "of c1",
            "/v1/chat/completions",
            "\"metadata\":{\"job\":\"x\",\"costattr.customer.id\":\"c1\",\"costattr.feature\":\"summary\","
                + "\"costattr.tag.order\":\"42\"},\"user\":\"u1\""),
        line("by user", "/v1/chat/completions", "\"user\":\"u2\""),
        line("of nobody", "/v1/chat/completions", "\"store\":false"),
        line("moderated", "/v1/moderations", metadata("c4")),
        line("a response", "/v1/responses", metadata("c5")));
  }

  private static String metadata(String customer) {
    return "\"metadata\":{\"costattr.customer.id\":\"" + customer + "\"}";
  }

  private static String line(String customId, String url, String more) {
    return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":{\"model\":\"gpt-5-mini\",\"input\":\"%s\",%s}}"
        .formatted(customId, url, SECRET, more);
  }

  private Path file(String name, String content) throws Exception {
    return Files.writeString(directory.resolve(name), content);
  }

  private static JsonNode event(Result result, String customId) throws Exception {
    return result.events().stream()
        .filter(event -> event.path("batch_custom_id").asText().equals(customId))
        .findFirst()
        .orElseThrow();
  }

  /** A field of every event by the name of its line; a line that has two events fails. */
  private static Map<String, String> each(Result result, String field) throws Exception {
    List<JsonNode> events = result.events();
    Map<String, String> each = new TreeMap<>();
    for (JsonNode event : events) {
      each.put(event.path("batch_custom_id").asText(), event.path(field).asText());
    }
    assertThat(each).hasSameSizeAs(events);
    return each;
  }
}
