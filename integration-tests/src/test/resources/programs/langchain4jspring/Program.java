import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.spring.restclient.SpringRestClient;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Calls of LangChain4j on Spring's RestClient; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    try (Scope scope = customer("sync")) {
      call(arguments[0], new JdkClientHttpRequestFactory());
    }
    try (Scope scope = customer("sync-apache")) {
      call(arguments[0], new HttpComponentsClientHttpRequestFactory());
    }
    System.out.println("done");
    System.exit(0);
  }

  private static void call(String base, ClientHttpRequestFactory factory) {
    OpenAiChatModel.builder()
        .httpClientBuilder(
            SpringRestClient.builder()
                .restClientBuilder(RestClient.builder().requestFactory(factory))
                .createDefaultStreamingRequestExecutor(false))
        .baseUrl(base)
        .apiKey("sk-test")
        .modelName("gpt-4o-mini")
        .build()
        .chat(UserMessage.from("Hello there"));
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
