package io.costattr.demo;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.concurrent.CompletableFuture;

/** Answers customers in the shop's chat window: openai-java's chat completions, in four ways. */
final class SupportChat {
  /** What this class knows about its calls; route and customer are known further out. */
  private static final Attribution OWNER =
      Attribution.builder().feature("support-chat").team("growth").build();

  private final OpenAiAccess access;
  private final OpenAIClient client;
  private final Progress progress;

  SupportChat(OpenAiAccess access, OpenAIClient client, Progress progress) {
    this.access = access;
    this.client = client;
    this.progress = progress;
  }

  void answer(String question) {
    try (Scope scope = AttributionContext.with(OWNER)) {
      ChatCompletion answer = client.chat().completions().create(ask(question, "gpt-5.5").build());
      report("chat", answer);
    }
  }

  /** The scope may end before the answer is there: the call belongs to whoever made it. */
  void answerInBackground(String question) {
    CompletableFuture<ChatCompletion> answer;
    try (Scope scope = AttributionContext.with(OWNER)) {
      answer = client.async().chat().completions().create(ask(question, "gpt-5.4-mini").build());
    }
    ChatCompletion arrived = answer.join();
    AttributionContext.run(OWNER, () -> report("chat, async", arrived));
  }

  /** A stream tells its usage in the last chunk, if it is asked to. */
  void typeAnswer(String question) {
    try (Scope scope = AttributionContext.with(OWNER)) {
      ChatCompletionCreateParams params =
          ask(question, "gpt-5.5")
              .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
              .build();
      try (StreamResponse<ChatCompletionChunk> chunks =
          client.chat().completions().createStreaming(params)) {
        chunks.stream()
            .flatMap(chunk -> chunk.usage().stream())
            .forEach(usage -> report("chat, streamed", usage));
      }
    }
  }

  /** As most applications stream: nobody asks for the usage, and the provider never tells it. */
  void typeAnswerWithoutUsage(String question) {
    try (Scope scope = AttributionContext.with(OWNER)) {
      ChatCompletionCreateParams params = ask(question, "gpt-5.4-mini").build();
      try (StreamResponse<ChatCompletionChunk> chunks =
          client.chat().completions().createStreaming(params)) {
        long count = chunks.stream().count();
        progress.say("chat, streamed without usage", count + " chunks");
      }
    }
  }

  /** Every attempt is a call of its own; openai-java makes the second one by itself. */
  void answerWhenBusy(String question) {
    try (Scope scope = AttributionContext.with(OWNER)) {
      ChatCompletionCreateParams.Builder params = ask(question, "gpt-5.4-mini");
      if (!access.live()) {
        params.putAdditionalHeader("x-loopback-fault", "429-once");
      }
      report("chat, retried after 429", client.chat().completions().create(params.build()));
    }
  }

  /** A call that the provider refuses costs nothing, and is counted. */
  void answerWithRetiredModel(String question) {
    try (Scope scope = AttributionContext.with(OWNER)) {
      ChatCompletionCreateParams params =
          ask(question, "gpt-5.4-mini").model("gpt-2-classic").build();
      try {
        report("chat, unknown model", client.chat().completions().create(params));
      } catch (OpenAIServiceException e) {
        progress.say("chat, unknown model", "refused with " + e.statusCode());
      }
    }
  }

  private ChatCompletionCreateParams.Builder ask(String question, String model) {
    return ChatCompletionCreateParams.builder()
        .model(access.model(model))
        .maxCompletionTokens(200)
        .addSystemMessage(access.handbook())
        .addUserMessage(question);
  }

  private void report(String call, ChatCompletion answer) {
    answer.usage().ifPresent(usage -> report(call, usage));
  }

  private void report(String call, CompletionUsage usage) {
    progress.tokens(call, usage.promptTokens(), usage.completionTokens());
  }
}
