import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/**
 * Calls of openai-java in other shapes than those of every version: what a comment names up to its
 * end is left out where a version does not have it.
 */
public class Program {
  /** What a structured answer is read into. */
  public static class Greeting {
    public String words;
  }

  public static void main(String[] arguments) throws Exception {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(arguments[0]).build();
    // raw:
    try (Scope scope = customer("raw");
        com.openai.core.http.HttpResponseFor<ChatCompletion> response =
            client.withRawResponse().chat().completions().create(question("gpt-4o-mini"))) {
      response.body().readAllBytes();
    }
    // end
    // raw-parsed:
    try (Scope scope = customer("raw-parsed");
        com.openai.core.http.HttpResponseFor<ChatCompletion> response =
            client.withRawResponse().chat().completions().create(question("gpt-4o-mini"))) {
      check(response.parse());
    }
    // end
    // raw-retried:
    try (Scope scope = customer("raw-retried");
        com.openai.core.http.HttpResponseFor<ChatCompletion> response =
            client.withRawResponse().chat().completions().create(question("error-429-once"))) {
      check(response.parse());
    }
    // end
    // raw-async:
    CompletableFuture<com.openai.core.http.HttpResponseFor<ChatCompletion>> raw;
    try (Scope scope = customer("raw-async")) {
      raw = client.async().withRawResponse().chat().completions().create(question("gpt-4o-mini"));
    }
    try (com.openai.core.http.HttpResponseFor<ChatCompletion> response = raw.get()) {
      check(response.parse());
    }
    // end
    // raw-stream:
    try (Scope scope = customer("raw-stream");
        com.openai.core.http.HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
            client.withRawResponse().chat().completions().createStreaming(streamed())) {
      response.parse().stream().forEach(chunk -> chunk.id());
    }
    // end
    // with-options:
    try (Scope scope = customer("with-options")) {
      OpenAIClient other = client.withOptions(options -> options.maxRetries(0));
      check(other.chat().completions().create(question("gpt-4o-mini")));
    }
    // end
    // with-options-async:
    CompletableFuture<ChatCompletion> other;
    try (Scope scope = customer("with-options-async")) {
      other =
          client
              .async()
              .withOptions(options -> options.putHeader("x-own", "1"))
              .chat()
              .completions()
              .create(question("gpt-4o-mini"));
    }
    check(other.get());
    // end
    // structured:
    try (Scope scope = customer("structured")) {
      client
          .chat()
          .completions()
          .create(
              ChatCompletionCreateParams.builder()
                  .model("gpt-4o-mini")
                  .addUserMessage("Hello there")
                  .responseFormat(Greeting.class)
                  .build());
    }
    // end
    // structured-responses:
    try (Scope scope = customer("structured-responses")) {
      client
          .responses()
          .create(
              com.openai.models.responses.ResponseCreateParams.builder()
                  .model("gpt-4o-mini")
                  .input("Hello there")
                  .text(Greeting.class)
                  .build());
    }
    // end
    // responses:
    try (Scope scope = customer("responses")) {
      client
          .responses()
          .create(
              com.openai.models.responses.ResponseCreateParams.builder()
                  .model("gpt-4o-mini")
                  .input("Hello there")
                  .build());
    }
    // end
    // responses-stream:
    try (Scope scope = customer("responses-stream");
        StreamResponse<com.openai.models.responses.ResponseStreamEvent> events =
            client
                .responses()
                .createStreaming(
                    com.openai.models.responses.ResponseCreateParams.builder()
                        .model("gpt-4o-mini")
                        .input("Hello there")
                        .build())) {
      events.stream().forEach(event -> event.isCompleted());
    }
    // end
    CompletableFuture<?> later;
    try (Scope scope = customer("async-embedding")) {
      later =
          client
              .async()
              .embeddings()
              .create(
                  EmbeddingCreateParams.builder()
                      .model("text-embedding-3-small")
                      .input(EmbeddingCreateParams.Input.ofString("Hello there"))
                      .build());
    }
    later.get();
    OpenAIClient custom =
        new OpenAIClientImpl(
            ClientOptions.builder()
                .apiKey("sk-test")
                .baseUrl(arguments[0])
                .httpClient(new OnTheJdk(arguments[0]))
                .build());
    try (Scope scope = customer("custom-client")) {
      check(custom.chat().completions().create(question("gpt-4o-mini")));
    }
    try (Scope scope = customer("custom-client-retried")) {
      check(custom.chat().completions().create(question("error-429-once")));
    }
    try (Scope scope = customer("custom-client-stream");
        StreamResponse<ChatCompletionChunk> chunks =
            custom.chat().completions().createStreaming(streamed())) {
      chunks.stream().forEach(chunk -> chunk.id());
    }
    CompletableFuture<ChatCompletion> async;
    try (Scope scope = customer("custom-client-async")) {
      async = custom.async().chat().completions().create(question("gpt-4o-mini"));
    }
    check(async.get());
    System.out.println("done");
    System.exit(0);
  }

  private static ChatCompletionCreateParams question(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello there").build();
  }

  private static ChatCompletionCreateParams streamed() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4o-mini")
        .addUserMessage("Hello there")
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
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

  /** A transport of the application's own. */
  private static final class OnTheJdk implements HttpClient {
    private final java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
    private final String base;

    OnTheJdk(String base) {
      this.base = base;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
      try {
        return new Answer(client.send(sent(request), BodyHandlers.ofInputStream()));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(
        HttpRequest request, RequestOptions options) {
      try {
        return client
            .sendAsync(sent(request), BodyHandlers.ofInputStream())
            .thenApply(response -> new Answer(response));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private java.net.http.HttpRequest sent(HttpRequest request) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      request.body().writeTo(body);
      return java.net.http.HttpRequest.newBuilder(
              URI.create(base + "/" + String.join("/", request.pathSegments())))
          .header("Content-Type", "application/json")
          .header("Authorization", "Bearer sk-test")
          .POST(BodyPublishers.ofByteArray(body.toByteArray()))
          .build();
    }

    @Override
    public void close() {}
  }

  private static final class Answer implements HttpResponse {
    private final java.net.http.HttpResponse<InputStream> response;

    Answer(java.net.http.HttpResponse<InputStream> response) {
      this.response = response;
    }

    @Override
    public int statusCode() {
      return response.statusCode();
    }

    @Override
    public Headers headers() {
      return Headers.builder().build();
    }

    @Override
    public InputStream body() {
      return response.body();
    }

    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
