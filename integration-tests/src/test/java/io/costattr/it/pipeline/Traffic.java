package io.costattr.it.pipeline;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.util.List;

/**
 * An application that does everything that the dashboards show: {@code BASE_URL PART}, where the
 * part is what people wait for ({@code web}) or what runs by itself ({@code jobs}). It does its
 * work once, and once more for each line that it reads; it ends with the input.
 */
final class Traffic {
  /** What is special about a call. */
  private enum Kind {
    PLAIN,
    STREAMED,
    CACHED,
    EMBEDDING,
    REASONS_A_LOT,
    REASONS,
    /** Of this host's provider the price book knows nothing. */
    UNPRICED,
    FAILS,
    /** Refused at first, and tried again. */
    RETRIED,
    /** The stream breaks off. */
    CUT
  }

  /** A call that is made so many times. */
  private record Work(
      int times, String feature, String team, String route, String model, int words, Kind kind) {}

  private static final String CHAT = "/api/chat/{id}";
  private static final String MAIL = "/api/mail/{id}/reply";
  private static final String NIGHTLY = "cron:nightly-summaries";

  private static final List<Work> WEB =
      List.of(
          new Work(8, "support-chat", "growth", CHAT, "gpt-5.5", 25_000, Kind.CACHED),
          new Work(4, "support-chat", "growth", CHAT, "gpt-5.4-mini", 12_000, Kind.STREAMED),
          new Work(1, "support-chat", "growth", CHAT, "gpt-5.4-mini", 900, Kind.CUT),
          new Work(1, "support-chat", "growth", CHAT, "gpt-5.5", 1_500, Kind.RETRIED),
          new Work(4, "document-search", "platform", "/api/search", "gpt-5.4", 20_000, Kind.CACHED),
          new Work(
              6,
              "document-search",
              "platform",
              "/api/search",
              "text-embedding-3-small",
              3_000,
              Kind.EMBEDDING),
          new Work(6, "smart-reply", "growth", MAIL, "gpt-5.4-mini", 9_000, Kind.STREAMED),
          new Work(1, "smart-reply", "growth", MAIL, "gpt-5.4-mini", 900, Kind.FAILS),
          new Work(
              2, "playground", "platform", "/internal/playground", "gpt-5.4", 9_000, Kind.PLAIN),
          new Work(
              1,
              "playground",
              "platform",
              "/internal/playground",
              "gpt-5.4-mini",
              300,
              Kind.UNPRICED),
          new Work(2, "", "", "", "gpt-5.4", 4_000, Kind.PLAIN));

  private static final List<Work> JOBS =
      List.of(
          new Work(6, "ticket-summaries", "core", NIGHTLY, "gpt-5.5", 30_000, Kind.REASONS_A_LOT),
          new Work(4, "crm-sync", "core", "webhook:crm-sync", "gpt-4o", 6_000, Kind.CACHED),
          new Work(1, "crm-sync", "core", "webhook:crm-sync", "gpt-4o", 1_800, Kind.FAILS),
          new Work(
              4, "lead-scoring", "data", "queue:lead-scoring", "o4-mini", 8_000, Kind.REASONS));

  /** Some ask for more than others. */
  private static final List<String> CUSTOMERS =
      List.of("acme", "globex", "acme", "initech", "acme", "hooli", "globex", "umbrella", "stark");

  private final OpenAIClient client;
  private final OpenAIClient unpriced;
  private int asked;

  private Traffic(String baseUrl) {
    client = client(baseUrl);
    unpriced = client(baseUrl.replace("127.0.0.1", "localhost"));
  }

  private static OpenAIClient client(String baseUrl) {
    return OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey("sk-test").maxRetries(1).build();
  }

  public static void main(String[] arguments) throws IOException {
    Traffic traffic = new Traffic(arguments[0]);
    List<Work> all = arguments[1].equals("web") ? WEB : JOBS;
    do {
      all.forEach(traffic::make);
    } while (System.in.read() == '\n');
  }

  /** How many attempts a round is: what fails, and what is refused at first, is tried twice. */
  static int attempts(String part) {
    return (part.equals("web") ? WEB : JOBS)
        .stream()
            .mapToInt(
                work ->
                    work.kind == Kind.FAILS || work.kind == Kind.RETRIED
                        ? 2 * work.times
                        : work.times)
            .sum();
  }

  private void make(Work work) {
    for (int i = 0; i < work.times; i++) {
      boolean internal = work.route.startsWith("/internal/");
      String customer = internal ? "internal" : CUSTOMERS.get(asked++ % CUSTOMERS.size());
      Attribution.Builder who =
          Attribution.builder().environment(internal ? "staging" : "production");
      if (!work.feature.isEmpty()) {
        who.feature(work.feature).team(work.team).route(work.route).customerId(customer);
      }
      try (Scope scope = AttributionContext.with(who.build())) {
        if (work.kind == Kind.EMBEDDING) {
          embed(work);
        } else {
          chat(work, i);
        }
      } catch (OpenAIException | IllegalStateException failed) {
        System.out.println("failed");
      }
    }
  }

  private void embed(Work work) {
    client
        .embeddings()
        .create(
            EmbeddingCreateParams.builder()
                .model(work.model)
                .input("word ".repeat(work.words))
                .build());
  }

  private void chat(Work work, int number) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model(work.model)
            // No two of them alike: the server refuses at first by the body.
            .addUserMessage("word ".repeat(work.words + 100 * number + asked % 50))
            .putAdditionalHeader(
                "x-loopback-output-tokens", Integer.toString(work.words / 10 + 20 * number));
    switch (work.kind) {
      case CACHED -> params.promptCacheKey(work.feature);
      case REASONS_A_LOT -> params.reasoningEffort(ReasoningEffort.HIGH);
      case REASONS -> params.reasoningEffort(ReasoningEffort.LOW);
      case FAILS -> params.putAdditionalHeader("x-loopback-fault", "500");
      case RETRIED -> params.putAdditionalHeader("x-loopback-fault", "429-once");
      case CUT -> params.putAdditionalHeader("x-loopback-fault", "cut");
      default -> {}
    }
    OpenAIClient to = work.kind == Kind.UNPRICED ? unpriced : client;
    if (work.kind == Kind.STREAMED || work.kind == Kind.CUT) {
      try (var stream = to.chat().completions().createStreaming(params.build())) {
        stream.stream().forEach(chunk -> {});
      }
    } else {
      to.chat().completions().create(params.build());
    }
  }
}
