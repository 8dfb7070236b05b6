package io.costattr.it.spans;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Makes the calls that it is told to, each for a customer of its name and in a span called {@code
 * work} unless the name begins with {@code root-}. Arguments: the base URL; where an SDK of the
 * program's own sends to, or {@code -} for none; the names.
 */
final class SpanCalls {
  /** A span of another service. */
  static final SpanContext REMOTE =
      SpanContext.createFromRemoteParent(
          "4bf92f3577b34da6a3ce929d0e0e4736",
          "00f067aa0ba902b7",
          TraceFlags.getSampled(),
          TraceState.getDefault());

  private static final String CHAT =
      "{\"model\":\"gpt-5.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

  private final String base;
  private final OpenAIClient openai;
  private final Tracer tracer;

  private SpanCalls(String base, Tracer tracer) {
    this.base = base;
    this.tracer = tracer;
    this.openai = OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(base).build();
  }

  public static void main(String[] arguments) throws Exception {
    String exporter = arguments[1];
    OpenTelemetrySdk own = exporter.equals("-") ? null : sdk(exporter);
    Tracer tracer =
        own == null ? GlobalOpenTelemetry.getTracer("program") : own.getTracer("program");
    SpanCalls calls = new SpanCalls(arguments[0], tracer);
    for (String name : List.of(arguments).subList(2, arguments.length)) {
      try (AutoCloseable scope =
          AttributionContext.with(
              Attribution.builder()
                  .feature("spans")
                  .route("/spans")
                  .customerId(name)
                  .team("test")
                  .environment("test")
                  .build())) {
        calls.inSpan(name);
      }
    }
    if (own != null) {
      own.close();
    }
    System.out.println("done");
    System.exit(0);
  }

  private static OpenTelemetrySdk sdk(String exporter) {
    String[] endpoint = exporter.split("\\|");
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setSampler(endpoint.length > 1 ? Sampler.alwaysOff() : Sampler.alwaysOn())
                .addSpanProcessor(
                    SimpleSpanProcessor.create(
                        OtlpHttpSpanExporter.builder()
                            .setEndpoint(endpoint[0] + "/v1/traces")
                            .build()))
                .build())
        .build();
  }

  private void inSpan(String name) throws Exception {
    if (name.startsWith("root-")) {
      call(name.substring("root-".length()));
      return;
    }
    Span span =
        name.startsWith("remote-")
            ? Span.wrap(REMOTE)
            : tracer.spanBuilder("work").setAttribute("call", name).startSpan();
    try (Scope scope = span.makeCurrent()) {
      call(name.startsWith("remote-") ? name.substring("remote-".length()) : name);
    } finally {
      span.end();
    }
  }

  private void call(String name) throws Exception {
    switch (name) {
      case "chat" -> openai.chat().completions().create(chat("gpt-5.5"));
      case "retried" -> openai.chat().completions().create(chat("error-429-once"));
      case "async" -> openai.async().chat().completions().create(chat("gpt-5.5")).join();
      case "stream" -> {
        try (StreamResponse<ChatCompletionChunk> stream =
            openai.chat().completions().createStreaming(streamed())) {
          stream.stream().forEach(chunk -> {});
        }
      }
      case "async-stream" ->
          openai
              .async()
              .chat()
              .completions()
              .createStreaming(streamed())
              .subscribe(chunk -> {})
              .onCompleteFuture()
              .join();
      case "stream-left" -> {
        try (StreamResponse<ChatCompletionChunk> stream =
            openai.chat().completions().createStreaming(streamed())) {
          Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
          while (chunks.next().choices().get(0).finishReason().isEmpty()) {
            // On to the last one of the answer: what says its usage comes behind it.
          }
        }
      }
      case "embedding" ->
          openai
              .embeddings()
              .create(
                  EmbeddingCreateParams.builder()
                      .model("text-embedding-3-small")
                      .input("Hello there")
                      .build());
      case "responses" ->
          openai
              .responses()
              .create(ResponseCreateParams.builder().model("gpt-5.5").input("Hello there").build());
      case "jdk" -> jdk();
      case "okhttp" -> okHttp();
      case "gen-ai-jdk" -> inGenAiSpan("chat", this::jdk);
      case "gen-ai-okhttp" -> inGenAiSpan("chat", this::okHttp);
      case "gen-ai-openai" ->
          inGenAiSpan("chat", () -> openai.chat().completions().create(chat("gpt-5.5")));
      case "gen-ai-twice" ->
          inGenAiSpan(
              "chat",
              () -> {
                jdk();
                jdk();
              });
      case "gen-ai-agent" -> inGenAiSpan("invoke_agent", this::jdk);
      case "gen-ai-retrieval" -> inGenAiSpan("chat", () -> call("embedding"));
      default -> throw new IllegalArgumentException(name);
    }
  }

  /** Something that calls. */
  private interface Work {
    void run() throws Exception;
  }

  private void inGenAiSpan(String operation, Work work) throws Exception {
    Span span =
        tracer
            .spanBuilder(operation + " gpt-5.5")
            .setAttribute("gen_ai.operation.name", operation)
            .setAttribute("gen_ai.provider.name", "openai")
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      work.run();
    } finally {
      span.end();
    }
  }

  private static ChatCompletionCreateParams chat(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello there").build();
  }

  private static ChatCompletionCreateParams streamed() {
    return chat("gpt-5.5").toBuilder()
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  private void jdk() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Authorization", "Bearer sk-test")
            .POST(BodyPublishers.ofString(CHAT))
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private void okHttp() throws Exception {
    Request request =
        new Request.Builder()
            .url(base + "/chat/completions")
            .header("Authorization", "Bearer sk-test")
            .post(RequestBody.create(CHAT, MediaType.get("application/json")))
            .build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      response.body().string();
    }
  }
}
