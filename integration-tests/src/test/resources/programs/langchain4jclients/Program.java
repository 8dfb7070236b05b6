import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Calls of LangChain4j on OkHttp and on Apache HttpClient; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    calls("okhttp", new OnOkHttp(), arguments[0]);
    calls("apache", new OnApache(), arguments[0]);
    System.out.println("done");
    System.exit(0);
  }

  private static void calls(String transport, HttpClient client, String base) throws Exception {
    try (Scope scope = customer(transport + "-sync")) {
      check(model(client, base, "gpt-4o-mini").chat(UserMessage.from("Hello there")));
    }
    try (Scope scope = customer(transport + "-retried")) {
      check(model(client, base, "error-429-once").chat(UserMessage.from("Hello there")));
    }
    Ended streamed = new Ended();
    try (Scope scope = customer(transport + "-stream")) {
      OpenAiStreamingChatModel.builder()
          .httpClientBuilder(new Given(client))
          .baseUrl(base)
          .apiKey("sk-test")
          .modelName("gpt-4o-mini")
          .build()
          .chat("Hello there", streamed);
    }
    check(streamed.end.get());
  }

  private static OpenAiChatModel model(HttpClient client, String base, String name) {
    return OpenAiChatModel.builder()
        .httpClientBuilder(new Given(client))
        .baseUrl(base)
        .apiKey("sk-test")
        .modelName(name)
        .build();
  }

  private static void check(ChatResponse answer) {
    if (!answer.metadata().modelName().startsWith("gpt-")) {
      throw new AssertionError(answer.toString());
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }

  /** Streams on a thread of OkHttp's dispatcher. */
  private static final class OnOkHttp implements HttpClient {
    private final OkHttpClient client = new OkHttpClient();

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
      try (Response response = client.newCall(of(request)).execute()) {
        return answer(response.code(), response.body().string());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void execute(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
      client
          .newCall(of(request))
          .enqueue(
              new Callback() {
                @Override
                public void onResponse(Call call, Response response) {
                  try (response) {
                    parse(response.code(), response.body().byteStream(), parser, listener);
                  }
                }

                @Override
                public void onFailure(Call call, IOException failure) {
                  listener.onError(failure);
                }
              });
    }

    private static Request of(HttpRequest request) {
      Request.Builder builder =
          new Request.Builder()
              .url(request.url())
              .post(RequestBody.create(request.body(), MediaType.get("application/json")));
      request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
      return builder.build();
    }
  }

  /** Streams on a thread of the application's own. */
  private static final class OnApache implements HttpClient {
    private final CloseableHttpClient client = HttpClients.createDefault();

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
      try {
        return client.execute(
            of(request),
            response -> answer(response.getCode(), EntityUtils.toString(response.getEntity())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void execute(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
      try {
        client.execute(
            of(request),
            response -> {
              parse(response.getCode(), response.getEntity().getContent(), parser, listener);
              return null;
            });
      } catch (IOException e) {
        listener.onError(e);
      }
    }

    private static HttpPost of(HttpRequest request) {
      HttpPost post = new HttpPost(request.url());
      request.headers().forEach((name, values) -> values.forEach(v -> post.setHeader(name, v)));
      post.setEntity(new StringEntity(request.body(), ContentType.APPLICATION_JSON));
      return post;
    }
  }

  private static SuccessfulHttpResponse answer(int status, String body) {
    if (status != 200) {
      throw new HttpException(status, body);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(status)
        .headers(Map.<String, List<String>>of())
        .body(body)
        .build();
  }

  private static void parse(
      int status,
      InputStream body,
      ServerSentEventParser parser,
      ServerSentEventListener listener) {
    listener.onOpen(
        SuccessfulHttpResponse.builder()
            .statusCode(status)
            .headers(Map.<String, List<String>>of())
            .build());
    parser.parse(body, listener);
    listener.onClose();
  }

  /** What LangChain4j asks for a client. */
  private static final class Given implements HttpClientBuilder {
    private final HttpClient client;

    Given(HttpClient client) {
      this.client = client;
    }

    @Override
    public Duration connectTimeout() {
      return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return client;
    }
  }

  /** Waits for the end of a stream. */
  private static final class Ended implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String text) {}

    @Override
    public void onCompleteResponse(ChatResponse response) {
      end.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }
  }
}
