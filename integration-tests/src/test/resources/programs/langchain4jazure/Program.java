import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.core.credential.KeyCredential;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.azure.AzureOpenAiEmbeddingModel;
import dev.langchain4j.model.azure.AzureOpenAiStreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** Calls of LangChain4j through Azure's SDK; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    OpenAIClientBuilder azure =
        new OpenAIClientBuilder()
            .credential(new KeyCredential("sk-test"))
            .addPolicy(new Loopback(arguments[1]));
    try (Scope scope = customer("sync")) {
      check(
          AzureOpenAiChatModel.builder()
              .openAIClient(azure.buildClient())
              .deploymentName("gpt-4o-mini")
              .build()
              .chat(UserMessage.from("Hello there")));
    }
    // stream:
    Ended streamed = new Ended();
    try (Scope scope = customer("stream")) {
      AzureOpenAiStreamingChatModel.builder()
          .openAIAsyncClient(azure.buildAsyncClient())
          .deploymentName("gpt-4o-mini")
          .build()
          .chat("Hello there", streamed);
    }
    check(streamed.end.get());
    // end
    try (Scope scope = customer("embedding")) {
      AzureOpenAiEmbeddingModel.builder()
          .openAIClient(azure.buildClient())
          .deploymentName("text-embedding-3-small")
          .build()
          .embed("Hello there");
    }
    System.out.println("done");
    System.exit(0);
  }

  private static void check(ChatResponse answer) {
    if (answer.aiMessage().text().isEmpty()) {
      throw new AssertionError(answer.toString());
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
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

  /** Sends what is meant for OpenAI to a server of the test's. */
  private static final class Loopback implements HttpPipelinePolicy {
    private final String base;

    Loopback(String base) {
      this.base = base;
    }

    @Override
    public Mono<HttpResponse> process(
        HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
      String path = context.getHttpRequest().getUrl().getPath();
      String kind = path.endsWith("/embeddings") ? "/embeddings" : "/chat/completions";
      context.getHttpRequest().setUrl(base + kind);
      return next.process();
    }
  }
}
