package io.costattr.it.streamusage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/** A program that makes streamed calls in many ways and prints all that it gets to see of them. */
public final class StreamCalls {
  static final String QUESTION =
      "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private StreamCalls() {}

  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    okhttp(base);
    openai(base);
    jdk(base);
    Apache4Calls.all(base);
    Apache5Calls.all(base);
    refused(base);
    System.exit(0);
  }

  private static void openai(String base) throws Exception {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(base).maxRetries(0).build();
    ChatCompletionCreateParams question =
        ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage("Hi").build();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(question)) {
      stream.stream().forEach(chunk -> say("openai", chunk));
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    AsyncStreamResponse<ChatCompletionChunk> async =
        client.async().chat().completions().createStreaming(question);
    async.subscribe(chunk -> say("openai-async", chunk));
    async.onCompleteFuture().whenComplete((nothing, failure) -> done.complete(null));
    done.get(30, TimeUnit.SECONDS);
    // Whoever asks gets.
    try (StreamResponse<ChatCompletionChunk> stream =
        client
            .chat()
            .completions()
            .createStreaming(
                question.toBuilder()
                    .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                    .build())) {
      stream.stream().forEach(chunk -> say("openai-asking", chunk));
    }
  }

  private static void okhttp(String base) throws IOException {
    OkHttpClient client = new OkHttpClient();
    RequestBody body = RequestBody.create(QUESTION, MediaType.get("application/json"));
    Request request = new Request.Builder().url(base + "/chat/completions").post(body).build();
    try (Response response = client.newCall(request).execute()) {
      say("okhttp", response.code() + " " + (response.request() == request));
      say("okhttp", response.body().contentLength() + " " + response.body().string());
    }
    RequestBody once =
        new RequestBody() {
          @Override
          public MediaType contentType() {
            return MediaType.get("application/json");
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8(QUESTION);
          }
        };
    try (Response response = client.newCall(request.newBuilder().post(once).build()).execute()) {
      say("okhttp-once", response.body().string());
    }
    try (Response response =
        client.newCall(request.newBuilder().header("Content-MD5", "signed").build()).execute()) {
      say("okhttp-signed", response.body().string());
    }
  }

  /** A server behind the same name that does not know the option. */
  private static void refused(String base) throws IOException {
    OkHttpClient client = new OkHttpClient();
    Request request =
        new Request.Builder()
            .url(base + "/old/chat/completions")
            .post(RequestBody.create(QUESTION, MediaType.get("application/json")))
            .build();
    for (int i = 0; i < 2; i++) {
      try (Response response = client.newCall(request).execute()) {
        String answer = response.body().string();
        say("okhttp-refused", response.code() + (i == 0 ? "" : answer));
      }
    }
  }

  private static void jdk(String base) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
            .build();
    HttpResponse<String> text = client.send(request, HttpResponse.BodyHandlers.ofString());
    say("jdk", text.body() + (text.request() == request));
    say(
        "jdk-lines",
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofLines())
            .thenApply(response -> response.body().toList())
            .get(30, TimeUnit.SECONDS));
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> slow =
        client.send(request, HttpResponse.BodyHandlers.ofPublisher());
    say("jdk-slow", OneByOne.read(slow.body()));
  }

  static synchronized void say(String who, Object what) {
    System.out.println(who + ": " + what);
  }

  /** Asks for one list at a time. */
  private static final class OneByOne implements Flow.Subscriber<List<ByteBuffer>> {
    private final StringBuilder read = new StringBuilder();
    private final CompletableFuture<String> done = new CompletableFuture<>();
    private Flow.Subscription subscription;

    static String read(Flow.Publisher<List<ByteBuffer>> body) throws Exception {
      OneByOne reader = new OneByOne();
      body.subscribe(reader);
      return reader.done.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      buffers.forEach(buffer -> read.append(UTF_8.decode(buffer)));
      subscription.request(1);
    }

    @Override
    public void onError(Throwable thrown) {
      done.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      done.complete(read.toString());
    }
  }
}
