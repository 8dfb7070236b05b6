import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionStreamOptions;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.credential.KeyCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/**
 * Calls of Azure's SDK on each transport that Azure has for it; a customer for each kind of call.
 */
public class Program {
  private static final String MODEL = "gpt-4o-mini";

  public static void main(String[] arguments) throws Exception {
    calls("", new NettyAsyncHttpClientBuilder().build(), arguments[1]);
    calls("okhttp-", new OkHttpAsyncHttpClientBuilder().build(), arguments[1]);
    calls("jdk-", new JdkHttpClientBuilder().build(), arguments[1]);
    System.out.println("done");
    // The transport's threads are no daemons.
    System.exit(0);
  }

  private static void calls(String transport, HttpClient http, String base) throws Exception {
    OpenAIClientBuilder builder =
        new OpenAIClientBuilder()
            .credential(new KeyCredential("sk-test"))
            .httpClient(http)
            .addPolicy(new Loopback(base));
    OpenAIClient client = builder.buildClient();
    OpenAIAsyncClient async = builder.buildAsyncClient();
    try (Scope scope = customer(transport + "sync")) {
      check(client.getChatCompletions(MODEL, question()));
    }
    try (Scope scope = customer(transport + "stream")) {
      client.getChatCompletionsStream(MODEL, question(), usage()).forEach(part -> {});
    }
    CompletableFuture<ChatCompletions> later;
    try (Scope scope = customer(transport + "async")) {
      later = async.getChatCompletions(MODEL, question()).toFuture();
    }
    check(later.get());
    if (transport.equals("jdk-")) {
      // The library takes the arrays of buffers that are read-only there.
      return;
    }
    CompletableFuture<List<ChatCompletions>> parts;
    try (Scope scope = customer(transport + "async-stream")) {
      parts = async.getChatCompletionsStream(MODEL, question(), usage()).collectList().toFuture();
    }
    parts.get();
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
