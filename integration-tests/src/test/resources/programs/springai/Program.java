import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Calls of Spring AI 1.x on the transports it finds; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    OpenAiApi jdk =
        api(arguments[0], new JdkClientHttpRequestFactory(), new JdkClientHttpConnector());
    OpenAiApi others =
        api(
            arguments[0],
            new HttpComponentsClientHttpRequestFactory(),
            new ReactorClientHttpConnector());
    try (Scope scope = customer("sync")) {
      check(model(jdk).call(question()));
    }
    try (Scope scope = customer("sync-apache")) {
      check(model(others).call(question()));
    }
    try (Scope scope = customer("stream")) {
      model(jdk).stream(question()).blockLast();
    }
    CompletableFuture<List<ChatResponse>> later;
    try (Scope scope = customer("stream-netty")) {
      later = model(others).stream(question()).collectList().toFuture();
    }
    later.get();
    try (Scope scope = customer("embedding")) {
      OpenAiEmbeddingOptions options =
          OpenAiEmbeddingOptions.builder().model("text-embedding-3-small").build();
      new OpenAiEmbeddingModel(jdk, MetadataMode.EMBED, options)
          .call(new EmbeddingRequest(List.of("Hello there"), options));
    }
    System.out.println("done");
    System.exit(0);
  }

  private static OpenAiApi api(
      String base, ClientHttpRequestFactory factory, ClientHttpConnector connector) {
    return OpenAiApi.builder()
        .apiKey("sk-test")
        .baseUrl(base.substring(0, base.length() - "/v1".length()))
        .restClientBuilder(RestClient.builder().requestFactory(factory))
        .webClientBuilder(WebClient.builder().clientConnector(connector))
        .build();
  }

  private static OpenAiChatModel model(OpenAiApi api) {
    return OpenAiChatModel.builder()
        .openAiApi(api)
        .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").streamUsage(true).build())
        .build();
  }

  private static Prompt question() {
    return new Prompt("Hello there");
  }

  private static void check(ChatResponse answer) {
    if (!answer.getMetadata().getModel().startsWith("gpt-4o-mini")) {
      throw new AssertionError(answer.toString());
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
