import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.concurrent.CompletableFuture;

/** Calls with the API that every openai-java from 0.18 has; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(arguments[0]).build();
    try (Scope scope = customer("sync")) {
      check(client.chat().completions().create(question("gpt-4o-mini").build()));
    }
    CompletableFuture<ChatCompletion> later;
    try (Scope scope = customer("async")) {
      later = client.async().chat().completions().create(question("gpt-4o-mini").build());
    }
    check(later.get());
    try (Scope scope = customer("stream");
        StreamResponse<ChatCompletionChunk> chunks =
            client.chat().completions().createStreaming(streamed())) {
      chunks.stream().forEach(chunk -> chunk.id());
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try (Scope scope = customer("async-stream")) {
      AsyncStreamResponse<ChatCompletionChunk> chunks =
          client.async().chat().completions().createStreaming(streamed());
      chunks.subscribe(
          new AsyncStreamResponse.Handler<ChatCompletionChunk>() {
            @Override
            public void onNext(ChatCompletionChunk chunk) {}

            @Override
            public void onComplete(java.util.Optional<Throwable> failure) {
              if (failure.isPresent()) {
                ended.completeExceptionally(failure.get());
              } else {
                ended.complete(null);
              }
            }
          });
    }
    ended.get();
    try (Scope scope = customer("retried")) {
      check(client.chat().completions().create(question("error-429-once").build()));
    }
    try (Scope scope = customer("async-retried")) {
      later = client.async().chat().completions().create(question("error-429-once").build());
    }
    check(later.get());
    System.out.println("done");
    System.exit(0);
  }

  private static ChatCompletionCreateParams streamed() {
    return question("gpt-4o-mini")
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  private static ChatCompletionCreateParams.Builder question(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello there");
  }

  private static void check(ChatCompletion answer) {
    if (!answer.model().startsWith("gpt-")) {
      throw new AssertionError(answer.toString());
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
