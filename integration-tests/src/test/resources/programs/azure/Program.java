import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionStreamOptions;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.credential.KeyCredential;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** Calls of Azure's SDK on its own transport; a customer for each kind of call. */
public class Program {
  private static final String MODEL = "gpt-4o-mini";

  public static void main(String[] arguments) throws Exception {
    OpenAIClientBuilder builder =
        new OpenAIClientBuilder()
            .credential(new KeyCredential("sk-test"))
            .addPolicy(new Loopback(arguments[1]));
    OpenAIClient client = builder.buildClient();
    OpenAIAsyncClient async = builder.buildAsyncClient();
    try (Scope scope = customer("sync")) {
      check(client.getChatCompletions(MODEL, question()));
    }
    try (Scope scope = customer("stream")) {
      client.getChatCompletionsStream(MODEL, question(), usage()).forEach(part -> {});
    }
    CompletableFuture<ChatCompletions> later;
    try (Scope scope = customer("async")) {
      later = async.getChatCompletions(MODEL, question()).toFuture();
    }
    check(later.get());
    CompletableFuture<List<ChatCompletions>> parts;
    try (Scope scope = customer("async-stream")) {
      parts = async.getChatCompletionsStream(MODEL, question(), usage()).collectList().toFuture();
    }
    parts.get();
    System.out.println("done");
    // The transport's threads are no daemons.
    System.exit(0);
  }

  private static ChatCompletionsOptions question() {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hello there")));
  }

  private static ChatCompletionStreamOptions usage() {
    return new ChatCompletionStreamOptions().setIncludeUsage(true);
  }

  private static void check(ChatCompletions answer) {
    if (!answer.getModel().startsWith(MODEL)) {
      throw new AssertionError(answer.getModel());
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
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
      context.getHttpRequest().setUrl(base + path.substring(path.indexOf("/chat/")));
      return next.process();
    }
  }
}
