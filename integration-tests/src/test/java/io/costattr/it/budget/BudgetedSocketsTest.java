package io.costattr.it.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.costattr.api.QuotaExceeded;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import io.costattr.loopback.Reply;
import io.costattr.loopback.WireRequest;
import io.costattr.loopback.WireServer;
import io.costattr.loopback.WireSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What budgets do to responses on web sockets. */
class BudgetedSocketsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void aResponseThatABudgetDoesNotAllowIsRefusedInTheProvidersPlaceAndTheSocketGoesOn()
      throws Exception {
    Result result = converse("sockets, each: customer_id");

    List<String> lines = result.out().lines().toList();
    String all = result.out() + result.err();
    assertThat(lines).as(all).endsWith("done");
    for (String client : List.of("okhttp", "okhttp-responses", "jdk", "jdk-responses")) {
      List<JsonNode> told = told(lines, client);
      List<JsonNode> refusals =
          told.stream().filter(text -> text.path("type").asText().equals("error")).toList();
      assertThat(refusals).as(all).hasSize(3).allSatisfy(text -> check(client, text));
      assertThat(lines).as(all).contains(client + " closed 1000");
      assertThat(told)
          .as(all)
          .filteredOn(text -> text.path("type").asText().matches("response\\.(done|completed)"))
          // The second one has begun by itself.
          .hasSize(client.endsWith("responses") ? 1 : 2);

      List<JsonNode> events =
          result.events().stream()
              .filter(event -> event.path("event").asText().endsWith(".request"))
              .filter(event -> event.path("customer_id").asText().equals(client))
              .toList();
      assertThat(events).as(all).hasSize(4);
      assertThat(events)
          .filteredOn(
              event -> event.path("error_code").asText().equals("monthly_ai_quota_exceeded"))
          .hasSize(3)
          .allMatch(event -> event.path("http_status").asInt() == 429)
          .allMatch(event -> event.path("cost_basis").asText().equals("none"));
    }
    assertThat(result.out())
        .doesNotContain("two messages", "nobody has asked", "not sent", " null\n");
    assertThat(result.err()).doesNotContain("internal fault");
  }

  @Test
  void aBudgetOfAKeyConcernsTheKeyOfTheUpgrade() throws Exception {
    Result result = converse("keys, each: key");

    String all = result.out() + result.err();
    // All of one key: of all that are asked for, the first response is the only one.
    assertThat(result.out().lines().filter(line -> line.contains("\"error\":{")))
        .as(all)
        .hasSize(15);
  }

  @Test
  void refusalsComeBetweenTheMessagesOfTheProviderOneAtATimeAndAsAskedFor() throws Exception {
    int numbered = 5_000;
    int asked = 700;
    policy("sockets, each: customer_id");
    try (WireServer server =
        WireServer.start((request, reply) -> flood(request, reply, numbered))) {
      Result result =
          agent(FloodedSockets.class)
              .argument(
                  server.url() + "/v1/realtime?model=gpt-realtime",
                  String.valueOf(numbered),
                  String.valueOf(asked))
              .run();

      String ending = " " + numbered + " " + (asked - 1) + " true";
      assertThat(result.out().lines())
          .as(result.err())
          .containsExactly("okhttp" + ending, "jdk" + ending);
      assertThat(result.err()).doesNotContain("internal fault");
    }
  }

  @Test
  void aListenerHearsOfTheEndWhateverHasNotBeenSaid() throws Exception {
    policy("sockets, each: customer_id");
    try (WireServer server = WireServer.start(BudgetedSocketsTest::closeWhenTold)) {
      Result result =
          agent(ClosedSocket.class)
              .argument(server.url().replace("http:", "ws:") + "/v1/realtime?model=gpt-realtime")
              .run();

      assertThat(result.out()).as(result.err()).isEqualToIgnoringNewLines("true 1");
      assertThat(result.err()).doesNotContain("internal fault");
    }
  }

  private static void closeWhenTold(WireRequest request, Reply reply) throws IOException {
    WireSocket socket = reply.webSocket(request);
    for (String text = ""; text != null && !text.contains("close"); text = socket.receive()) {
      // What is asked for is not answered.
    }
    socket.close(1000, "as told");
    socket.awaitClose();
  }

  /** Every third message in pieces. */
  private static void flood(WireRequest request, Reply reply, int numbered) throws IOException {
    WireSocket socket = reply.webSocket(request);
    for (int i = 0; i < numbered; i++) {
      String text = "{\"type\":\"rate_limits.updated\",\"n\":" + i + "}";
      socket.text(text, i % 3 == 0 ? 10 : text.length());
    }
    socket.awaitClose();
  }

  private void policy(String budget) throws IOException {
    Files.writeString(
        directory.resolve("costattr.yaml"),
        "budgets: [{name: " + budget + ", limit: 1 calls, window: rolling 366d, action: block}]\n",
        UTF_8);
  }

  private AgentJvm agent(Class<?> program) {
    return AgentJvm.of(directory, program)
        .withAgent(
            "providers.127.0.0.1=openai",
            "defaults.environment=test",
            "otel.sdk.disabled=true",
            "budget.store=memory",
            "policy.missing=ignore");
  }

  private Result converse(String budget) throws Exception {
    policy(budget);
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      return agent(BudgetedSockets.class).argument(server.baseUrl()).run();
    }
  }

  private static List<JsonNode> told(List<String> lines, String client) {
    return lines.stream()
        .filter(line -> line.startsWith(client + " {"))
        .map(line -> json(line.substring(client.length() + 1)))
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static void check(String client, JsonNode refusal) {
    String seen = refusal.toString();
    JsonNode error = refusal.path("error");
    assertThat(error.path("code").asText()).as(seen).isEqualTo("monthly_ai_quota_exceeded");
    assertThat(error.path("type").asText()).as(seen).isEqualTo("insufficient_quota");
    assertThat(error.path("message").asText()).as(seen).contains("is used up: of 1 calls");
    if (client.endsWith("responses")) {
      assertThat(refusal.path("status").asInt()).as(seen).isEqualTo(429);
    } else {
      assertThat(refusal.path("event_id").asText()).as(seen).startsWith("event_");
      assertThat(error.path("event_id").asText()).as(seen).isEqualTo("mine");
    }
    QuotaExceeded why =
        Objects.requireNonNull(
            QuotaExceeded.of(name -> error.path("headers").path(name).asText(null)), seen);
    assertThat(why.budget()).as(seen).isEqualTo("sockets");
    assertThat(why.value()).as(seen).isEqualTo(client);
  }
}
