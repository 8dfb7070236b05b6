import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
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

/** Calls of openai-java in other shapes than those of every version. */
public class Program {
  /** What a structured answer is read into. */
  public static class Greeting {
    public String words;
  }

  public static void main(String[] arguments) throws Exception {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(arguments[0]).build();
    try (Scope scope = customer("raw-parsed");
        HttpResponseFor<ChatCompletion> response =
            client.withRawResponse().chat().completions().create(question())) {
      check(response.parse());
    }
    try (Scope scope = customer("raw");
        HttpResponseFor<ChatCompletion> response =
            client.withRawResponse().chat().completions().create(question())) {
      response.body().readAllBytes();
    }
    try (Scope scope = customer("with-options")) {
      OpenAIClient other = client.withOptions(options -> options.maxRetries(0));
      check(other.chat().completions().create(question()));
    }
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
    try (Scope scope = customer("responses")) {
      client
          .responses()
          .create(ResponseCreateParams.builder().model("gpt-4o-mini").input("Hello there").build());
    }
    CompletableFuture<?> later;
    try (Scope scope = customer("async-embedding")) {
      later =
          client
              .async()
              .embeddings()
              .create(
                  EmbeddingCreateParams.builder()
                      .model("text-embedding-3-small")
                      .input("Hello there")
                      .build());
    }
    later.get();
    try (Scope scope = customer("custom-client")) {
      OpenAIClient custom =
          new OpenAIClientImpl(
              ClientOptions.builder()
                  .apiKey("sk-test")
                  .baseUrl(arguments[0])
                  .httpClient(new OnTheJdk(arguments[0]))
                  .build());
      check(custom.chat().completions().create(question()));
    }
    System.out.println("done");
    System.exit(0);
  }

  private static ChatCompletionCreateParams question() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4o-mini")
        .addUserMessage("Hello there")
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
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      request.body().writeTo(body);
      java.net.http.HttpRequest.Builder sent =
          java.net.http.HttpRequest.newBuilder(
                  URI.create(base + "/" + String.join("/", request.pathSegments())))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer sk-test")
              .POST(BodyPublishers.ofByteArray(body.toByteArray()));
      try {
        return new Answer(client.send(sent.build(), BodyHandlers.ofInputStream()));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(
        HttpRequest request, RequestOptions options) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
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
