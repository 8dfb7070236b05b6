package io.costattr.it.streamusage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.Coding;
import io.costattr.loopback.Reply;
import io.costattr.loopback.WireRequest;
import io.costattr.loopback.WireServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamUsageTest {
  private static final String ASKED = "\"include_usage\":true";

  @TempDir Path directory;

  @Test
  void theApplicationSeesWhatItWouldSeeAndTheUsageIsExact() throws Exception {
    try (WireServer server = WireServer.start(StreamUsageTest::answer)) {
      Result without = calls("without", server).run();
      Result with = calls("with", server).withAgent(settings(server)).run();

      assertThat(with.exit()).as(with.err()).isZero();
      // The first call that is refused is one that would not have been.
      assertThat(with.out()).isEqualTo(without.out().replaceFirst("refused: 200", "refused: 400"));
      assertThat(without.out()).contains("openai-asking: ").doesNotContain("\"usage\":null");
      assertThat(with.err())
          .containsOnlyOnce("refuses stream_options.include_usage")
          .doesNotContain("Exception");

      List<JsonNode> events = with.events();
      assertThat(events).hasSize(11 + 2 * 5);
      List<JsonNode> exact =
          events.stream().filter(e -> e.path("cost_basis").asText().equals("reported")).toList();
      assertThat(exact).hasSize(1 + 3 + 3 + 2 * 3);
      // gpt-4o-mini: 0.15 and 0.6 USD for a million tokens.
      assertThat(exact)
          .allSatisfy(
              event ->
                  assertThat(event.path("cost_usd").decimalValue())
                      .isEqualByComparingTo("0.00045"));
      assertThat(events.stream().filter(e -> e.path("cost_basis").asText().equals("estimated")))
          .hasSize(3 + 2 * 2);
    }
  }

  private AgentJvm calls(String name, WireServer server) throws IOException {
    return AgentJvm.of(Files.createDirectory(directory.resolve(name)), StreamCalls.class)
        .argument(server.url() + "/v1");
  }

  private static String[] settings(WireServer server) {
    String host = server.url().substring("http://".length());
    return new String[] {
      "stream.usage=request",
      "stream.usage.hosts=" + host,
      "providers.127.0.0.1=openai",
      "defaults.environment=test",
      "otel.sdk.disabled=true"
    };
  }

  private static void answer(WireRequest request, Reply reply) throws IOException {
    boolean asked = request.text().contains(ASKED);
    if (asked && request.path().contains("/old/")) {
      reply
          .status(400)
          .header("Content-Type", "application/json")
          .body(
              "{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\","
                  + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
      return;
    }
    reply.header("Content-Type", "text/event-stream; charset=utf-8");
    String encodings = request.header("Accept-Encoding");
    if (request.path().contains("/zipped/") && encodings != null && encodings.contains("gzip")) {
      reply.coding(Coding.GZIP);
    }
    reply.chunked();
    String nothing = asked ? ",\"usage\":null" : "";
    for (String delta :
        List.of("{\"role\":\"assistant\",\"content\":\"\"}", "{\"content\":\"Hello.\"}", "{}")) {
      String end = delta.equals("{}") ? "\"stop\"" : "null";
      reply.part(
          chunk(
              "\"choices\":[{\"index\":0,\"delta\":"
                  + delta
                  + ",\"logprobs\":null,\"finish_reason\":"
                  + end
                  + "}]"
                  + nothing));
    }
    if (asked) {
      reply.part(
          chunk(
              "\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":500,"
                  + "\"total_tokens\":1500}"));
    }
    reply.part("data: [DONE]\n\n");
    reply.end();
  }

  private static String chunk(String members) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1795000000,"
        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\","
        + members
        + "}\n\n";
  }
}
