package io.costattr.it.pipeline;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;

/**
 * An application that spends: {@code BASE_URL CALLS NAME}. Each call is of another feature,
 * customer and model than the one before; some are streamed, some fail, some cost a
 * hundred-millionth of a dollar. With a fourth argument it makes one more call for each line that
 * it reads, and ends with the input.
 */
final class Spender {
  private static final String[] FEATURES = {"support-chat", "summaries", "search"};
  private static final String[] MODELS = {"gpt-5.5", "gpt-5.4-mini", "gpt-4o-mini"};

  private final OpenAIClient client;
  private final String name;
  private final String customers;

  private Spender(String baseUrl, String name, String customers) {
    client = OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey("sk-test").maxRetries(1).build();
    this.name = name;
    this.customers = customers;
  }

  public static void main(String[] arguments) throws Exception {
    int calls = Integer.parseInt(arguments[1]);
    String customers = System.getProperty("customers", "cust_");
    Spender spender = new Spender(arguments[0], arguments[2], customers);
    for (int i = 0; i < calls; i++) {
      spender.call(i);
    }
    System.out.println("spent");
    if (arguments.length > 3) {
      spender.onDemand(calls);
    }
  }

  /** How many attempts so many calls are: what fails is tried twice. */
  static int attempts(int calls) {
    int attempts = 0;
    for (int i = 0; i < calls; i++) {
      attempts += embeds(i) || !fails(i) ? 1 : 2;
    }
    return attempts;
  }

  private static boolean embeds(int number) {
    return number % 7 == 3;
  }

  private static boolean fails(int number) {
    return number % 11 == 5;
  }

  private void onDemand(int from) throws IOException {
    int next = from;
    while (System.in.read() == '\n') {
      call(next++);
      System.out.println("spent");
    }
  }

  private void call(int number) {
    Attribution who =
        Attribution.builder()
            .feature(FEATURES[number % FEATURES.length])
            .route("/api/" + name + "/" + number % 2)
            .customerId(customers + number % 5)
            .team(number % 2 == 0 ? "growth" : "core")
            .tag("caller", name)
            .build();
    try (Scope scope = AttributionContext.with(who)) {
      if (embeds(number)) {
        embed(number);
      } else {
        chat(number, fails(number) ? "error-500" : MODELS[number % MODELS.length]);
      }
    } catch (OpenAIException refused) {
      System.out.println("refused");
    }
  }

  private void embed(int number) {
    client
        .embeddings()
        .create(
            EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .input("word ".repeat(1 + number % 3).trim())
                .build());
  }

  private void chat(int number, String model) {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model(model)
            .promptCacheKey(name + number % 2)
            .addUserMessage("word ".repeat(20 + number % 100))
            .build();
    if (number % 4 == 1) {
      try (var stream = client.chat().completions().createStreaming(params)) {
        stream.stream().forEach(chunk -> {});
      }
    } else {
      client.chat().completions().create(params);
    }
  }
}
