import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
// 1:
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.RetryUtils;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

// end

/**
 * Calls of Spring AI that Micrometer observes and makes spans of; a customer for each kind of call.
 * Prints each span: its name, its id, and what costattr has written to it.
 */
public class Program {
  private static final ObservationRegistry REGISTRY = ObservationRegistry.create();

  public static void main(String[] arguments) throws Exception {
    SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Printer()))
            .build();
    REGISTRY
        .observationConfig()
        .observationHandler(
            new DefaultTracingObservationHandler(
                new OtelTracer(
                    tracers.get("program"), new OtelCurrentTraceContext(), event -> {})));
    OpenAiChatModel model = model(arguments[0]);
    try (Scope scope = customer("sync")) {
      model.call(new Prompt("Hello there"));
    }
    CompletableFuture<List<ChatResponse>> later;
    try (Scope scope = customer("stream")) {
      later = model.stream(new Prompt("Hello there")).collectList().toFuture();
    }
    later.get();
    // 1:
    try (Scope scope = customer("embedding")) {
      OpenAiEmbeddingOptions options =
          OpenAiEmbeddingOptions.builder().model("text-embedding-3-small").build();
      new OpenAiEmbeddingModel(
              api(arguments[0]),
              MetadataMode.EMBED,
              options,
              RetryUtils.DEFAULT_RETRY_TEMPLATE,
              REGISTRY)
          .call(new EmbeddingRequest(List.of("Hello there"), options));
    }
    // end
    tracers.close();
    System.out.println("done");
    System.exit(0);
  }

  // 1:
  private static OpenAiApi api(String base) {
    return OpenAiApi.builder()
        .apiKey("sk-test")
        .baseUrl(base.substring(0, base.length() - "/v1".length()))
        .restClientBuilder(
            RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .observationRegistry(REGISTRY))
        .webClientBuilder(
            WebClient.builder()
                .clientConnector(new JdkClientHttpConnector())
                .observationRegistry(REGISTRY))
        .build();
  }

  private static OpenAiChatModel model(String base) {
    return OpenAiChatModel.builder()
        .openAiApi(api(base))
        .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").streamUsage(true).build())
        .observationRegistry(REGISTRY)
        .build();
  }

  // end
  /* 2:
  private static OpenAiChatModel model(String base) {
    OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
    options.apiKey("sk-test");
    options.baseUrl(base);
    options.model("gpt-4o-mini");
    return OpenAiChatModel.builder()
        .options(options.build())
        .observationRegistry(REGISTRY)
        .build();
  }
  */

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }

  private static final class Printer implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      for (SpanData span : spans) {
        System.out.println(
            "span|"
                + span.getName()
                + "|"
                + span.getSpanId()
                + "|"
                + span.getAttributes().get(AttributeKey.stringKey("costattr.customer.id"))
                + "|"
                + span.getAttributes().get(AttributeKey.longKey("costattr.cost.pico_usd")));
      }
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
