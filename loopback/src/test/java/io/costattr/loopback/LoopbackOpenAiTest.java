package io.costattr.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackOpenAiTest {
  private static final String FOUR_WORDS =
      "\"messages\":[{\"role\":\"user\",\"content\":\"please count four words\"}]";

  private final LoopbackOpenAi openai = LoopbackOpenAi.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    openai.close();
  }

  @Test
  void aChatCompletionCarriesTheSnapshotAndTheWordsCounted() throws Exception {
    HttpResponse<String> response =
        post("/chat/completions", "{\"model\":\"gpt-5.5\"," + FOUR_WORDS + "}");
    Map<?, ?> json = json(response.body());
    assertThat(json.get("model")).isEqualTo("gpt-5.5-2026-04-23");
    assertThat(json.get("object")).isEqualTo("chat.completion");
    assertThat(json.get("service_tier")).isEqualTo("default");
    assertThat(Json.write(json.get("usage")))
        .startsWith("{\"prompt_tokens\":4,\"completion_tokens\":10,\"total_tokens\":14,");
    assertThat(Json.write(json.get("choices"))).contains("\"finish_reason\":\"stop\"");
    assertThat(response.headers().firstValue("x-request-id").orElseThrow()).startsWith("req_");
    assertThat(response.headers().map())
        .containsKeys("openai-processing-ms", "openai-version", "x-ratelimit-remaining-requests");
  }

  @Test
  void reasoningIsPartOfTheOutputAndTheLimitCutsBoth() throws Exception {
    String request = "{\"model\":\"gpt-5.5\",\"reasoning_effort\":\"low\"," + FOUR_WORDS;
    assertThat(post("/chat/completions", request + "}").body())
        .contains("\"completion_tokens\":26,")
        .contains("\"reasoning_tokens\":16,");
    assertThat(post("/chat/completions", request + ",\"max_completion_tokens\":17}").body())
        .contains("\"completion_tokens\":17,")
        .contains("\"reasoning_tokens\":16,")
        .contains("\"content\":\"the\"")
        .contains("\"finish_reason\":\"length\"");
    assertThat(post("/chat/completions", request + ",\"max_completion_tokens\":5}").body())
        .contains("\"completion_tokens\":5,")
        .contains("\"reasoning_tokens\":5,")
        .contains("\"content\":\"\"");
  }

  @Test
  void theSecondCallWithACacheKeyReadsThreeQuartersFromTheCache() throws Exception {
    String request = "{\"model\":\"gpt-5.5\",\"prompt_cache_key\":\"k\"," + FOUR_WORDS + "}";
    String details = "\"cached_tokens\":%d,\"audio_tokens\":0,\"cache_write_tokens\":%d";
    assertThat(post("/chat/completions", request).body()).contains(details.formatted(0, 0));
    assertThat(post("/chat/completions", request).body()).contains(details.formatted(3, 0));
    String newer = request.replace("gpt-5.5", "gpt-5.6-sol");
    assertThat(post("/chat/completions", newer).body()).contains(details.formatted(0, 3));
    assertThat(post("/chat/completions", newer).body()).contains(details.formatted(3, 0));
  }

  @Test
  void aStreamHasARoleChunkDeltasAFinishAndDoneButNoUsageUnlessAsked() throws Exception {
    HttpResponse<String> response =
        post("/chat/completions", "{\"model\":\"gpt-5.5\",\"stream\":true," + FOUR_WORDS + "}");
    List<String> data = data(response.body());
    assertThat(response.headers().firstValue("content-type"))
        .contains("text/event-stream; charset=utf-8");
    assertThat(data).hasSize(1 + 10 + 1 + 1).last().isEqualTo("[DONE]");
    assertThat(data.get(0)).contains("\"role\":\"assistant\"");
    assertThat(data.get(1)).contains("\"content\":\"the\"").contains("\"obfuscation\":");
    assertThat(data.get(11)).contains("\"delta\":{}").contains("\"finish_reason\":\"stop\"");
    assertThat(response.body()).doesNotContain("usage").doesNotContain("event:");
  }

  @Test
  void withIncludeUsageEveryChunkSaysNullAndOneMoreSaysTheUsage() throws Exception {
    List<String> data =
        data(
            post(
                    "/chat/completions",
                    "{\"model\":\"gpt-5.5\",\"stream\":true,\"stream_options\":"
                        + "{\"include_usage\":true,\"include_obfuscation\":false},"
                        + FOUR_WORDS
                        + "}")
                .body());
    assertThat(data).hasSize(1 + 10 + 1 + 1 + 1).noneMatch(line -> line.contains("obfuscation"));
    assertThat(data.subList(0, 12)).allMatch(line -> line.contains("\"usage\":null"));
    assertThat(data.get(12))
        .contains("\"choices\":[]")
        .contains("\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":10,");
  }

  @Test
  void aResponseIsStreamedAsTypedEventsWithoutDone() throws Exception {
    String body =
        post(
                "/responses",
                "{\"model\":\"gpt-5.4-mini\",\"stream\":true,\"instructions\":\"be brief\","
                    + "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\","
                    + "\"text\":\"two words\"}]}],\"reasoning\":{\"effort\":\"medium\"}}")
            .body();
    List<String> types =
        body.lines().filter(line -> line.startsWith("event: ")).map(l -> l.substring(7)).toList();
    assertThat(types).startsWith("response.created", "response.in_progress");
    assertThat(types).filteredOn("response.output_text.delta"::equals).hasSize(10);
    assertThat(types).last().isEqualTo("response.completed");
    List<String> data = data(body);
    assertThat(data.get(0)).contains("\"usage\":null").contains("\"service_tier\":\"auto\"");
    assertThat(data)
        .last()
        .asString()
        .contains("\"model\":\"gpt-5.4-mini-2026-03-17\"")
        .contains("\"input_tokens\":4,")
        .contains("\"output_tokens\":74,\"output_tokens_details\":{\"reasoning_tokens\":64}");
    for (int i = 0; i < data.size(); i++) {
      assertThat(data.get(i))
          .contains("\"type\":\"" + types.get(i) + "\",\"sequence_number\":" + i);
    }
  }

  @Test
  void aResponseCutByItsLimitIsIncomplete() throws Exception {
    assertThat(
            post(
                    "/responses",
                    "{\"model\":\"gpt-5.5\",\"input\":\"two words\",\"max_output_tokens\":3}")
                .body())
        .contains("\"status\":\"incomplete\"")
        .contains("\"incomplete_details\":{\"reason\":\"max_output_tokens\"}")
        .contains("\"output_tokens\":3,");
  }

  @Test
  void embeddingsCountTheirInputsAndComeAsNumbersOrBase64() throws Exception {
    String request =
        "{\"model\":\"text-embedding-3-small\",\"input\":[\"two words\",\"one\"],\"dimensions\":2";
    Map<?, ?> json = json(post("/embeddings", request + "}").body());
    assertThat((List<?>) json.get("data")).hasSize(2);
    assertThat(Json.write(json.get("data"))).contains("\"embedding\":[0.02629596");
    assertThat(Json.write(json.get("usage"))).isEqualTo("{\"prompt_tokens\":3,\"total_tokens\":3}");
    assertThat(post("/embeddings", request + ",\"encoding_format\":\"base64\"}").body())
        .contains("\"embedding\":\"pGrXPLfH6Dw=\"");
  }

  @Test
  void legacyCompletionsAndTheListOfModelsAreServed() throws Exception {
    assertThat(
            post("/completions", "{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"two words\"}")
                .body())
        .contains("\"object\":\"text_completion\"")
        .contains("\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":9,\"total_tokens\":11}");
    HttpRequest models = request("/models").GET().build();
    assertThat(client.send(models, BodyHandlers.ofString()).body())
        .contains("{\"id\":\"gpt-5.4-nano\",\"object\":\"model\"");
  }

  @ParameterizedTest
  @CsvSource({
    "error-400,400,'\"type\":\"invalid_request_error\"'",
    "error-401,401,'\"code\":\"invalid_api_key\"'",
    "gpt-nothing,404,'\"code\":\"model_not_found\"'",
    "error-429,429,'\"code\":\"rate_limit_exceeded\"'",
    "error-quota,429,'\"code\":\"insufficient_quota\"'",
    "error-500,500,'\"type\":\"server_error\"'",
    "error-503,503,'\"code\":\"server_is_overloaded\"'",
  })
  void errorsHaveTheProvidersShape(String model, int status, String part) throws Exception {
    HttpResponse<String> response =
        post("/chat/completions", "{\"model\":\"" + model + "\"," + FOUR_WORDS + "}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"error\":{\"message\":").contains(part);
  }

  @Test
  void badRequestsAreRefused() throws Exception {
    for (String body :
        List.of(
            "not json",
            "{\"model\":\"gpt-5.5\"}",
            "{" + FOUR_WORDS + "}",
            "{\"model\":\"gpt-5.5\",\"temperature\":9," + FOUR_WORDS + "}",
            "{\"model\":\"gpt-5.5\",\"stream_options\":{\"include_usage\":true},"
                + FOUR_WORDS
                + "}")) {
      assertThat(post("/chat/completions", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(post("/nothing", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void withoutAKeyNothingIsAnswered() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(openai.baseUrl() + "/models")).GET().build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @Test
  void aLimitOnceIsGoneAtTheSecondTryAndBackAtTheThird() throws Exception {
    String request = "{\"model\":\"error-429-once\"," + FOUR_WORDS + "}";
    HttpResponse<String> first = post("/chat/completions", request);
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("retry-after")).contains("1");
    HttpResponse<String> second = post("/chat/completions", request);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).contains("\"model\":\"gpt-5.4-mini-2026-03-17\"");
    assertThat(post("/chat/completions", request).statusCode()).isEqualTo(429);
  }

  @Test
  void aFaultCanBeAskedOfAnyModelByHeader() throws Exception {
    String stream = "{\"model\":\"gpt-5.5\",\"stream\":true," + FOUR_WORDS + "}";
    assertThat(data(post("/chat/completions", stream, "stream-error").body()))
        .hasSize(7)
        .last()
        .asString()
        .startsWith("{\"error\":");
    assertThatIOException().isThrownBy(() -> post("/chat/completions", stream, "cut"));
    assertThatIOException().isThrownBy(() -> post("/chat/completions", stream, "reset"));
    assertThatIOException()
        .isThrownBy(() -> post("/chat/completions", stream.replace("true", "false"), "cut"));
  }

  private HttpResponse<String> post(String path, String body, String... fault)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
    for (String name : fault) {
      request.header("x-loopback-fault", name);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(openai.baseUrl() + path))
        .header("authorization", "Bearer any");
  }

  private static List<String> data(String stream) {
    List<String> data = new ArrayList<>();
    for (String line : stream.split("\n")) {
      if (line.startsWith("data: ")) {
        data.add(line.substring(6));
      }
    }
    return data;
  }

  private static Map<?, ?> json(String text) {
    return (Map<?, ?>) Json.parse(text);
  }
}
