package io.costattr.benchmarks;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/** What the measured programs have in common. */
final class Clients {
  static final ChatCompletionCreateParams CHAT =
      ChatCompletionCreateParams.builder()
          .model("gpt-5.5")
          .addSystemMessage("You answer questions about orders, briefly and politely.")
          .addUserMessage("Where is my order 1234? I have been waiting for it since last week.")
          .build();

  private Clients() {}

  static OpenAIClient openAi(int port) {
    return OpenAIOkHttpClient.builder()
        .apiKey("sk-benchmark")
        .baseUrl("http://127.0.0.1:" + port + "/v1")
        .build();
  }
}
