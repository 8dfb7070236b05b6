package io.costattr.it.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.Reply;
import io.costattr.loopback.WireRequest;
import io.costattr.loopback.WireServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  private static final String JOB =
      "{\"id\":\"batch_7\",\"object\":\"batch\",\"endpoint\":\"/v1/chat/completions\",\"errors\":null,"
          + "\"input_file_id\":\"file-in\",\"completion_window\":\"24h\",\"status\":\"%s\","
          + "\"output_file_id\":%s,\"error_file_id\":%s,\"created_at\":1795000000,"
          + "\"request_counts\":{\"total\":4,\"completed\":3,\"failed\":1},\"metadata\":null}";

  @TempDir Path directory;

  @Test
  void everyLineIsOneEventForWhoMadeTheJobHoweverOftenItIsRead() throws Exception {
    try (WireServer server = WireServer.start(BatchTest::answer)) {
      Result result = run("first", server, "make");
      List<JsonNode> events = result.events();
      assertThat(events).hasSize(4);
      assertThat(events)
          .allSatisfy(
              event -> {
                assertThat(event.path("customer_id").asText()).isEqualTo("maker");
                assertThat(event.path("batch_job_id").asText()).isEqualTo("batch_7");
                assertThat(event.path("endpoint").asText()).isEqualTo("batch");
                assertThat(event.path("service_tier").asText()).isEqualTo("batch");
                assertThat(event.path("span_id").isNull()).isTrue();
              });
      assertThat(each(events, "batch_custom_id"))
          .containsExactly("line-0", "line-1", "line-2", "bad");
      // gpt-5-mini in batches: 0.125, cached 0.0125 and 1 USD for a million tokens.
      assertThat(events.get(0).path("cost_usd").decimalValue()).isEqualByComparingTo("0.028");
      assertThat(events.get(0).path("cached_tokens").asInt()).isEqualTo(40_000);
      assertThat(events.get(0).path("timestamp").asText()).isEqualTo("2026-11-18T11:06:40.000Z");
      assertThat(events.get(3).path("cost_usd").decimalValue()).isZero();
      assertThat(events.get(3).path("cost_basis").asText()).isEqualTo("none");
      assertThat(events.get(3).path("error_code").asText()).isEqualTo("invalid_request_error");

      // A JVM that did not make the job: the same entries, by their ids, for who reads them.
      Result other = run("second", server, "read");
      assertThat(each(other.events(), "event_id"))
          .containsExactlyElementsOf(each(events.subList(0, 3), "event_id"));
      assertThat(each(other.events(), "customer_id")).containsOnly("reader");
    }
  }

  private Result run(String name, WireServer server, String what) throws Exception {
    Result result =
        AgentJvm.of(Files.createDirectory(directory.resolve(name)), BatchCalls.class)
            .withAgent(
                "providers.127.0.0.1=openai", "defaults.environment=test", "otel.sdk.disabled=true")
            .argument(server.url() + "/v1", what)
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("costattr");
    return result;
  }

  private static List<String> each(List<JsonNode> events, String field) {
    return events.stream().map(event -> event.path(field).asText()).toList();
  }

  private static void answer(WireRequest request, Reply reply) throws IOException {
    reply.header("Content-Type", "application/json");
    switch (request.method() + " " + request.path()) {
      case "POST /v1/batches" -> reply.body(JOB.formatted("validating", "null", "null"));
      case "GET /v1/batches/batch_7" ->
          reply.body(JOB.formatted("completed", "\"file-out\"", "\"file-err\""));
      case "GET /v1/files/file-out/content" ->
          reply.header("Content-Type", "application/octet-stream").body(results());
      case "GET /v1/files/file-err/content" ->
          reply.body(
              "{\"id\":\"batch_req_9\",\"custom_id\":\"bad\",\"response\":{\"status_code\":400,"
                  + "\"request_id\":\"r9\",\"body\":{\"error\":{\"message\":\"m\",\"type\":"
                  + "\"invalid_request_error\",\"param\":null,\"code\":null}}},\"error\":null}\n");
      case "GET /v1/files/file-other/content" -> reply.body("not,a,batch\n1,2,3\n");
      default -> reply.status(404).body("{}");
    }
  }

  private static String results() {
    return IntStream.range(0, 3)
        .mapToObj(
            i ->
                "{\"id\":\"batch_req_"
                    + i
                    + "\",\"custom_id\":\"line-"
                    + i
                    + "\",\"response\":{\"status_code\":200,\"request_id\":\"r"
                    + i
                    + "\",\"body\":{\"id\":\"chatcmpl-"
                    + i
                    + "\",\"object\":\"chat.completion\",\"created\":1795000000,"
                    + "\"model\":\"gpt-5-mini-2025-08-07\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"ok\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":100000,\"completion_tokens\":20000,"
                    + "\"total_tokens\":120000,\"prompt_tokens_details\":{\"cached_tokens\":40000}},"
                    + "\"service_tier\":\"default\"}},\"error\":null}")
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
