package io.costattr.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.loopback.LoopbackOpenAi;
import io.costattr.loopback.WireRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoApplicationTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void withoutOptionsItNeedsNoKeyAndSaysALinePerCall() {
    assertThat(run(List.of(), Map.of())).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(calls()).hasSize(14);
    assertThat(calls())
        .filteredOn(line -> line.contains("response, prompt cached"))
        .singleElement()
        .asString()
        .endsWith("281 tokens in, 148 out");
    assertThat(calls())
        .filteredOn(line -> line.contains("unknown model"))
        .singleElement()
        .asString()
        .endsWith("refused with 404");
  }

  @Test
  void everyCallIsMadeUnderAFeatureAndACustomer() {
    run(List.of(), Map.of());
    assertThat(calls())
        .extracting(line -> line.trim().split(" +")[0])
        .containsOnly("support-chat", "document-search", "ticket-summary");
    assertThat(calls())
        .extracting(line -> line.trim().split(" +")[1])
        .containsOnly("acme", "globex", "initech", "umbrella", "internal");
  }

  @Test
  void itCallsOpenAiInEveryWayThatMatters() throws Exception {
    try (LoopbackOpenAi openai = LoopbackOpenAi.start()) {
      Shop.run(OpenAiAccess.local(openai.baseUrl()), new PrintStream(out, true, UTF_8));
      List<WireRequest> requests = openai.server().requests();
      assertThat(requests).hasSize(15);
      assertThat(count(requests, "/v1/chat/completions")).isEqualTo(8);
      assertThat(count(requests, "/v1/responses")).isEqualTo(5);
      assertThat(count(requests, "/v1/embeddings")).isEqualTo(2);
      assertThat(requests)
          .extracting(request -> String.valueOf(request.header("user-agent")))
          .anyMatch(agent -> agent.startsWith("OpenAIClientImpl/Java"))
          .anyMatch(agent -> agent.startsWith("OpenAIClientAsyncImpl/Java"))
          .anyMatch(agent -> agent.startsWith("okhttp/"))
          .anyMatch(agent -> agent.startsWith("Java-http-client/"));
      assertThat(requests)
          .filteredOn(request -> request.text().contains("\"stream\":true"))
          .hasSize(4)
          .filteredOn(request -> request.path().endsWith("/chat/completions"))
          .filteredOn(request -> !request.text().contains("include_usage"))
          .hasSize(1);
      assertThat(requests)
          .filteredOn(request -> "1".equals(request.header("x-stainless-retry-count")))
          .hasSize(1);
    }
  }

  @Test
  void liveItAsksLittleOfACheapModel() {
    try (LoopbackOpenAi openai = LoopbackOpenAi.start()) {
      Map<String, String> environment =
          Map.of("OPENAI_API_KEY", "the-key", "OPENAI_BASE_URL", openai.baseUrl());
      assertThat(run(List.of("--live"), environment)).isZero();
      List<WireRequest> requests = openai.server().requests();
      assertThat(requests).hasSize(14);
      assertThat(requests)
          .allSatisfy(
              request -> {
                assertThat(request.header("authorization")).isEqualTo("Bearer the-key");
                assertThat(request.headers()).noneMatch(h -> h.name().startsWith("x-loopback"));
                assertThat(request.text())
                    .hasSizeLessThan(400)
                    .containsPattern(
                        "\"model\": ?\"(gpt-5.4-nano|text-embedding-3-small|gpt-2-classic)\"");
              });
      assertThat(out.toString(UTF_8)).doesNotContain("the-key");
    }
  }

  @Test
  void liveWithoutAKeyItSaysWhatIsMissing() {
    assertThat(run(List.of("--live"), Map.of("OPENAI_API_KEY", " "))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("OPENAI_API_KEY");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void anUnknownOptionIsRefused() {
    assertThat(run(List.of("--fast"), Map.of())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("usage:");
  }

  @Test
  void whereNobodyAnswersItFails() {
    Map<String, String> environment =
        Map.of("OPENAI_API_KEY", "k", "OPENAI_BASE_URL", unreachable());
    assertThat(run(List.of("--live"), environment)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("A call failed: ");
  }

  private static String unreachable() {
    LoopbackOpenAi closed = LoopbackOpenAi.start();
    closed.close();
    return closed.baseUrl();
  }

  private int run(List<String> arguments, Map<String, String> environment) {
    return DemoApplication.run(
        arguments,
        environment,
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private List<String> calls() {
    return out.toString(UTF_8).lines().filter(line -> line.startsWith("  ")).toList();
  }

  private static long count(List<WireRequest> requests, String path) {
    return requests.stream().filter(request -> request.path().equals(path)).count();
  }
}
