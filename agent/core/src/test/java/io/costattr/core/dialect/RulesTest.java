package io.costattr.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private final Routes routes =
      new Routes(
          Map.of(
              "https://Api.internal.example/openai", "openai",
              "api.internal.example/claude/", "anthropic",
              "api.internal.example:8443/claude/eu", "acme-claude",
              "api.internal.example", "gateway",
              "localhost:8000", "vllm"));

  @ParameterizedTest
  @CsvSource({
    "443, /openai/v1/chat/completions, openai",
    "443, /openai/chat/completions, openai",
    "443, /openaiish/v1/chat/completions, gateway",
    "443, /OpenAI/v1/chat/completions, gateway",
    "443, /v1/chat/completions, gateway",
    "443, /claude/v1/messages, anthropic",
    "443, /claude/eu/v1/messages, anthropic",
    "8443, /claude/eu/v1/messages, acme-claude",
    "8443, /claude/us/v1/messages, anthropic"
  })
  void aPathOfAPrivateHostSpeaksForItsProvider(int port, String path, String provider) {
    Route route = find("API.internal.example", port, path);

    assertThat(route.provider()).isEqualTo(provider);
    assertThat(route.known()).isTrue();
  }

  @Test
  void aRuleForAProviderSpeaksAsThatProviderDoes() {
    Route own = find("api.anthropic.com", 443, "/v1/messages");

    assertThat(find("api.internal.example", 443, "/claude/v1/messages").dialect())
        .isSameAs(own.dialect());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages, anthropic-compatible",
    "/v1beta/models/m:generateContent, gemini-compatible",
    "/api/chat, ollama",
    "/v2/chat, cohere-compatible",
    "/v1/responses, openai-compatible"
  })
  void atAHostThatNobodyKnowsThePathTellsTheDialect(String path, String provider) {
    Route route = find("10.0.0.9", 8080, path);

    assertThat(route.provider()).isEqualTo(provider);
    assertThat(route.known()).isFalse();
  }

  @Test
  void ofAPathThatAProviderIsNotKnownToHaveBothSidesMustTell() {
    Route route = find("api.cerebras.ai", 443, "/v1/messages");

    assertThat(route.provider()).isEqualTo("cerebras");
    assertThat(route.known()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages/count_tokens",
    "/v1/messages/batches",
    "/v1beta/models/gemini-2.5-flash:countTokens",
    "/v1beta/models/gemini-2.5-flash",
    "/v1beta/cachedContents",
    "/:generateContent",
    "/api/tags",
    "/api/show",
    "/v2/rerank",
    "/v1/tokenize"
  })
  void whatIsFreeOrNoModelCallHasNoRoute(String path) {
    assertThat(routes.find("POST", "10.0.0.9", 8080, path)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "acme.openai.azure.com, azure.ai.openai",
    "aws-external-anthropic.us-west-2.api.aws, anthropic",
    "bedrock-runtime.eu-central-1.amazonaws.com, aws.bedrock",
    "bedrock-mantle.us-east-1.api.aws, aws.bedrock",
    "us-central1-aiplatform.googleapis.com, gcp.vertex_ai",
    "aiplatform.eu.rep.googleapis.com, gcp.vertex_ai",
    "eu.api.openai.com, openai",
    "codestral.mistral.ai, mistral_ai",
    "[::1]:11434, ollama"
  })
  void aHostMayBeKnownByItsShape(String place, String provider) {
    int colon = place.lastIndexOf(':');
    String host = colon < 0 ? place : place.substring(0, colon);
    int port = colon < 0 ? 443 : Integer.parseInt(place.substring(colon + 1));

    assertThat(find(host, port, "/v1/chat/completions").provider()).isEqualTo(provider);
  }

  @ParameterizedTest
  @CsvSource({
    ".openai.azure.com",
    "openai.azure.com",
    "bedrock-runtime..amazonaws.com.evil.example",
    "bedrock-runtime.amazonaws.com",
    "evil.example/api.openai.com",
    "api.anthropic.com.evil.example"
  })
  void aHostThatMerelyLooksLikeOneIsNotKnown(String host) {
    assertThat(find(host, 443, "/v1/chat/completions").known()).isFalse();
  }

  private Route find(String host, int port, String path) {
    return Objects.requireNonNull(routes.find("POST", host, port, path));
  }
}
