package io.costattr.core.dialect;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  private final Routes routes = new Routes(Map.of());

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, /v1/chat/completions, openai, chat",
    "API.OpenAI.com, /v1/chat/completions, openai, chat",
    "eu.api.openai.com, /v1/responses, openai, responses",
    "api.openai.com, /v1/responses/compact, openai, responses",
    "api.openai.com, /v1/completions, openai, completions",
    "api.openai.com, /v1/embeddings, openai, embeddings",
    "api.x.ai, /v1/chat/completions, x_ai, chat",
    "openrouter.ai, /api/v1/chat/completions, openrouter, chat",
    "mine.openai.azure.com, /openai/deployments/d/chat/completions, azure.ai.openai, chat",
    "mine.services.ai.azure.com, /openai/v1/responses, azure.ai.openai, responses",
    "mine.cognitiveservices.azure.com, /openai/deployments/d/embeddings, azure.ai.openai, embeddings",
    "gate.azure-api.net, /team/openai/deployments/d/completions, azure.ai.openai, completions",
    "MINE.OPENAI.AZURE.COM, /openai/deployments/d/extensions/chat/completions, azure.ai.openai, chat",
    "api.deepseek.com, /chat/completions, deepseek, chat",
    "api.openai.com, /v1/chat/completions/, openai, chat",
    "api.openai.com, /v1/responses/, openai, responses",
    "api.openai.com, /v1/embeddings/, openai, embeddings",
    "api.openai.com, //v1/completions, openai, completions"
  })
  void aKnownHostIsItsProvider(String host, String path, String provider, String endpoint) {
    Route route = Objects.requireNonNull(routes.find("POST", host, 443, path));

    assertThat(route.provider()).isEqualTo(provider);
    assertThat(route.endpoint().id()).isEqualTo(endpoint);
    assertThat(route.known()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, /v1/realtime, model=gpt-realtime, openai, realtime, gpt-realtime",
    "eu.api.openai.com, /v1/realtime, intent=transcription, openai, realtime,",
    "api.openai.com, /v1/responses, , openai, responses,",
    "mine.openai.azure.com, /openai/realtime, api-version=1&deployment=a%20b, azure.ai.openai, realtime, a b",
    "mine.openai.azure.com, /openai/v1/realtime, model=voice, azure.ai.openai, realtime, voice",
    "gateway.example.com, /v1/realtime, model=&x, openai-compatible, realtime,"
  })
  void aWebSocketNamesItsModelInItsQuery(
      String host, String path, String query, String provider, String endpoint, String model) {
    Route route = Objects.requireNonNull(routes.findSocket(host, 443, path, query));

    assertThat(route.provider()).isEqualTo(provider);
    assertThat(route.endpoint().id()).isEqualTo(endpoint);
    assertThat(route.pathModel()).isEqualTo(model);
  }

  @ParameterizedTest
  @CsvSource({"/v1/chat/completions", "/v1/realtime/translations", "/v1/live", "/realtime/v1", "/"})
  void otherWebSocketsAreNobodys(String path) {
    assertThat(routes.findSocket("api.openai.com", 443, path, "model=gpt-realtime")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/chat/completions/chatcmpl-1",
    "GET, /v1/responses/resp_1",
    "POST, /v1/responses/resp_1/cancel",
    "POST, /v1/responses/input_tokens",
    "DELETE, /v1/chat/completions",
    "GET, /v1/files",
    "POST, /v1/files/file-1",
    "POST, /v1/uploads",
    "POST, /v1/chat/completions/chatcmpl-1",
    "POST, /v1/chat/completions//",
    "POST, /v1/conversations/conv_1/items",
    "POST, /v1/embeddings2",
    "POST, /v1/chat-completions",
    "POST, /v1/mycompletions",
    "POST, chat/completions?",
    "POST, completions",
    "POST, //",
    "POST, /V1/CHAT/COMPLETIONS",
    "post, /v1/chat/completions",
    "HEAD, /v1/embeddings",
    "OPTIONS, /v1/chat/completions",
    "POST, ''",
    "POST, /"
  })
  void whatIsNotBilledHasNoRoute(String method, String path) {
    assertThat(routes.find(method, "api.openai.com", 443, path)).isNull();
  }

  @Test
  void whatWasFoundAnswersNoOtherQuestion() {
    String path = "/v1/chat/completions";
    Route first = routes.find("POST", "api.openai.com", 443, path);

    assertThat(routes.find("POST", "api.openai.com", 443, path)).isSameAs(first).isNotNull();
    assertThat(routes.find("GET", "api.openai.com", 443, path)).isNull();
    assertThat(routes.find("POST", "gateway.local", 443, path))
        .extracting(Route::provider)
        .isEqualTo("openai-compatible");
    assertThat(routes.find("POST", "localhost", 11434, path))
        .extracting(Route::provider)
        .isEqualTo("ollama");
    assertThat(routes.find("POST", "localhost", 8000, path))
        .extracting(Route::provider)
        .isNotEqualTo("ollama");
  }

  @Test
  void anUnknownHostIsOnlyPerhapsAModel() {
    Route route =
        Objects.requireNonNull(routes.find("POST", "gateway.local", 80, "/x/chat/completions"));

    assertThat(route.provider()).isEqualTo("openai-compatible");
    assertThat(route.known()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 11435, /v1/chat/completions",
    "10.0.0.7, 8000, /v1/embeddings",
    "[::1], 8080, /completions",
    "myapi.openai.com, 443, /v1/responses",
    "api.openai.com.evil.example, 443, /v1/responses",
    "openai.azure.com, 443, /openai/deployments/d/chat/completions",
    "xopenrouter.ai, 443, /api/v1/chat/completions"
  })
  void whatSpeaksOpenAisPathsIsCompatibleUntilItIsNamed(String host, int port, String path) {
    Route unnamed = Objects.requireNonNull(routes.find("POST", host, port, path));
    Route named =
        Objects.requireNonNull(
            new Routes(Map.of(host, "mine")).find("POST", host.toUpperCase(ROOT), port, path));

    assertThat(unnamed.provider()).isEqualTo("openai-compatible");
    assertThat(unnamed.known()).isFalse();
    assertThat(named.provider()).isEqualTo("mine");
    assertThat(named.known()).isTrue();
    assertThat(named.endpoint()).isEqualTo(unnamed.endpoint());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "/openai/deployments/gpt-5.5_eu/chat/completions, gpt-5.5_eu",
        "/openai/deployments/d/embeddings/, d",
        "/gateway/openai/deployments/d/extensions/chat/completions, d",
        "/openai/deployments//chat/completions, none",
        "/openai/v1/chat/completions, none"
      })
  void onlyADeploymentsPathNamesAModel(String path, String model) {
    Route route = Objects.requireNonNull(routes.find("POST", "mine.openai.azure.com", 443, path));

    assertThat(route.pathModel()).isEqualTo(model);
  }

  @Test
  void aHostThatMerelyLooksLikeAzureIsNot() {
    Route route =
        Objects.requireNonNull(
            routes.find("POST", "openai.azure.com.evil.example", 443, "/v1/chat/completions"));

    assertThat(route.known()).isFalse();
  }

  @Test
  void azureNamesTheDeploymentInThePath() {
    Route route =
        Objects.requireNonNull(
            routes.find(
                "POST",
                "mine.openai.azure.com",
                443,
                "/openai/deployments/my-gpt/chat/completions"));

    assertThat(route.pathModel()).isEqualTo("my-gpt");
  }

  @Test
  void aRuleWinsOverTheTablesAndAPortOverAHost() {
    Routes ruled =
        new Routes(
            Map.of("API.openai.com", "mine", "localhost:8000", "vllm", "localhost", "ollama"));

    assertThat(provider(ruled, "api.openai.com", 443)).isEqualTo("mine");
    assertThat(provider(ruled, "localhost", 8000)).isEqualTo("vllm");
    assertThat(provider(ruled, "localhost", 11434)).isEqualTo("ollama");
    assertThat(provider(ruled, "api.groq.com", 443)).isEqualTo("groq");
  }

  private static String provider(Routes routes, String host, int port) {
    return Objects.requireNonNull(routes.find("POST", host, port, "/v1/chat/completions"))
        .provider();
  }
}
