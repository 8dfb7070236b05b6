package io.costattr.demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Where OpenAI is and how much to ask of it.
 *
 * @param baseUrl for example {@code https://api.openai.com/v1}
 * @param live whether calls cost money: then every model is a cheap one and every prompt short
 */
record OpenAiAccess(String baseUrl, String apiKey, boolean live) {
  private static final String CHEAP = "gpt-5.4-nano";
  private static final String OPENAI = "https://api.openai.com/v1";

  /** OpenAI itself, or what {@code OPENAI_BASE_URL} names. */
  static OpenAiAccess live(String apiKey, Map<String, String> environment) {
    return new OpenAiAccess(environment.getOrDefault("OPENAI_BASE_URL", OPENAI), apiKey, true);
  }

  static OpenAiAccess local(String baseUrl) {
    return new OpenAiAccess(baseUrl, "no-key-needed", false);
  }

  OpenAIClient client() {
    return OpenAIOkHttpClient.builder()
        .baseUrl(baseUrl)
        .apiKey(apiKey)
        .timeout(Duration.ofSeconds(60))
        .build();
  }

  /** The model to use where {@code wanted} would be the right one. */
  String model(String wanted) {
    return live ? CHEAP : wanted;
  }

  /** What the shop's assistant is told before the question. */
  String handbook() {
    if (live) {
      return "Answer in one short sentence.";
    }
    try (InputStream in =
        Objects.requireNonNull(OpenAiAccess.class.getResourceAsStream("handbook.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
