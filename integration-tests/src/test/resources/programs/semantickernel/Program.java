import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.core.credential.KeyCredential;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.microsoft.semantickernel.aiservices.openai.chatcompletion.OpenAIChatCompletion;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import reactor.core.publisher.Mono;

/** A call of Semantic Kernel, which stands on Azure's SDK. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    OpenAIAsyncClient client =
        new OpenAIClientBuilder()
            .credential(new KeyCredential("sk-test"))
            .addPolicy(new Loopback(arguments[1]))
            .buildAsyncClient();
    try (Scope scope = customer("async")) {
      OpenAIChatCompletion.builder()
          .withModelId("gpt-4o-mini")
          .withOpenAIAsyncClient(client)
          .build()
          .getChatMessageContentsAsync("Hello there", null, null)
          .block();
    }
    System.out.println("done");
    System.exit(0);
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

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
