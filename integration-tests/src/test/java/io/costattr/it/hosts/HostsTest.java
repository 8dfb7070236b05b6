package io.costattr.it.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.WireServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls go to hosts by their own names, which the JVM is told are on this machine; what tells whose
 * a call is, is the request alone.
 */
class HostsTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String[] RULES = {
    "providers.https://api.internal.example/openai=openai",
    "providers.api.internal.example/claude=anthropic",
    "providers.llm.acme.example=acme",
    "providers.vllm.acme.example=vllm",
    "providers.llama.acme.example=llama_cpp",
    "providers.counted.acme.example=none",
  };

  @TempDir Path directory;

  @Test
  void whoseACallIsIsToldByItsHostAndPath() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (String region : List.of("", "us.", "eu.", "ae.", "au.", "in.", "jp.")) {
      expected.put(region + "api.openai.com" + CHAT, "openai chat");
    }
    expected.put("eu.api.openai.com/v1/responses", "openai responses");
    for (String host : List.of("openai", "services.ai", "cognitiveservices")) {
      String name = "mine." + host + ".azure.com";
      expected.put(
          name + "/openai/deployments/gpt-4o-mini/chat/completions?api-version=2024-10-21",
          "azure.ai.openai chat");
      expected.put(name + "/openai" + CHAT, "azure.ai.openai chat");
      expected.put(name + "/openai/v1/responses", "azure.ai.openai responses");
    }
    expected.put(
        "gate.azure-api.net/team/openai/deployments/d/chat/completions", "azure.ai.openai chat");
    expected.put("api.anthropic.com/v1/messages", "anthropic chat");
    expected.put("api.deepseek.com/chat/completions", "deepseek chat");
    expected.put("api.mistral.ai" + CHAT, "mistral_ai chat");
    expected.put("api.groq.com/openai" + CHAT, "groq chat");
    expected.put("api.together.xyz" + CHAT, "together chat");
    expected.put("openrouter.ai/api" + CHAT, "openrouter chat");
    expected.put("api.x.ai" + CHAT, "x_ai chat");
    expected.put("api.cerebras.ai" + CHAT, "cerebras chat");
    expected.put(
        "generativelanguage.googleapis.com/v1beta/openai/chat/completions", "gcp.gemini chat");
    expected.put("bedrock-mantle.eu-west-1.api.aws" + CHAT, "aws.bedrock chat");
    // Servers of one's own: by the shape of the path, until a rule names them.
    expected.put("localhost/api/chat", "ollama chat");
    expected.put("localhost" + CHAT, "openai-compatible chat");
    expected.put("127.0.0.1/v1/messages", "anthropic-compatible chat");
    expected.put("vllm.acme.example" + CHAT, "vllm chat");
    expected.put("llama.acme.example" + CHAT, "llama_cpp chat");
    // Gateways: what a rule names, and no path beside it.
    expected.put("api.internal.example/openai" + CHAT, "openai chat");
    expected.put("api.internal.example/claude/v1/messages", "anthropic chat");
    expected.put("api.internal.example/other" + CHAT, "openai-compatible chat");
    expected.put("llm.acme.example" + CHAT, "acme chat");
    expected.put("counted.acme.example" + CHAT, null);
    // No model's.
    expected.put("api.openai.com/v1/files", null);
    expected.put("shop.example/v1/orders", null);
    List<String> places = new ArrayList<>(expected.keySet());

    Map<String, String> seen = new TreeMap<>();
    try (WireServer server = WireServer.start(new AnyWire())) {
      Result result =
          jvm(HostCalls.class, places, RULES)
              .argument(
                  places.stream().map(place -> at(place, server.port())).toArray(String[]::new))
              .run();
      assertThat(result.err().lines())
          .allMatch(line -> line.startsWith("[costattr] no price for model "));
      for (JsonNode event : result.events()) {
        String place =
            places.get(Integer.parseInt(event.path("customer_id").asText().substring(4)));
        String said = event.path("provider").asText() + " " + event.path("endpoint").asText();
        assertThat(seen.put(place, said)).as("counted twice: " + place).isNull();
        assertThat(event.path("server_address").asText()).isEqualTo(host(place));
        assertThat(event.path("prompt_tokens").asInt()).as(place).isEqualTo(2);
        assertThat(event.path("completion_tokens").asInt()).as(place).isEqualTo(4);
      }
    }
    expected.values().removeIf(said -> said == null);
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void aCallThroughAGatewayInTheSameJvmIsOneOfTheCallers() throws Exception {
    assertThat(throughAGateway("providers.api.openai.com=none"))
        .containsExactly(
            "caller-0 openai api.internal.example", "caller-1 openai api.internal.example");
  }

  @Test
  void orOneOfTheGateways() throws Exception {
    assertThat(throughAGateway("providers.api.internal.example=none"))
        .containsExactly(
            "(unattributed) openai api.openai.com", "(unattributed) openai api.openai.com");
  }

  private List<String> throughAGateway(String rule) throws Exception {
    try (WireServer server = WireServer.start(new AnyWire())) {
      String[] rules =
          rule.contains("api.internal")
              ? new String[] {rule}
              : new String[] {"providers.api.internal.example/openai=openai", rule};
      Result result =
          jvm(GatewayCalls.class, List.of("api.openai.com", "api.internal.example"), rules)
              .argument("http://api.openai.com:" + server.port())
              .run();
      assertThat(result.out()).isEmpty();
      assertThat(server.requests()).hasSize(2);
      return result.events().stream()
          .map(
              event ->
                  event.path("customer_id").asText()
                      + " "
                      + event.path("provider").asText()
                      + " "
                      + event.path("server_address").asText())
          .sorted()
          .toList();
    }
  }

  /** A JVM that finds the hosts of those places on this machine. */
  private AgentJvm jvm(Class<?> main, List<String> places, String... rules) throws IOException {
    Path hosts = directory.resolve("hosts");
    Files.writeString(
        hosts,
        places.stream().map(HostsTest::host).collect(Collectors.toCollection(TreeSet::new)).stream()
            .map(host -> "127.0.0.1 " + host + "\n")
            .collect(Collectors.joining()));
    return AgentJvm.of(directory, main)
        .withAgent(rules)
        .option(
            "-Dcostattr.otel.sdk.disabled=true",
            "-Dcostattr.defaults.environment=test",
            "-Dcostattr.defaults.team=t",
            "-Dcostattr.defaults.route=r",
            "-Djdk.net.hosts.file=" + hosts);
  }

  private static String at(String place, int port) {
    int slash = place.indexOf('/');
    return "http://" + place.substring(0, slash) + ":" + port + place.substring(slash);
  }

  private static String host(String place) {
    return URI.create("http://" + place).getHost();
  }
}
