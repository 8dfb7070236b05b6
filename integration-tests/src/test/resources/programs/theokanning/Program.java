import com.theokanning.openai.client.OpenAiApi;
import com.theokanning.openai.completion.chat.ChatCompletionRequest;
import com.theokanning.openai.completion.chat.ChatMessage;
import com.theokanning.openai.service.OpenAiService;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import retrofit2.Retrofit;
import retrofit2.adapter.rxjava2.RxJava2CallAdapterFactory;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** Calls of TheoKanning's library, in its last version; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    OkHttpClient client = OpenAiService.defaultClient("sk-test", Duration.ofSeconds(10));
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl(arguments[0].substring(0, arguments[0].length() - "v1".length()))
            .client(client)
            .addConverterFactory(
                JacksonConverterFactory.create(OpenAiService.defaultObjectMapper()))
            .addCallAdapterFactory(RxJava2CallAdapterFactory.create())
            .build();
    OpenAiService service =
        new OpenAiService(retrofit.create(OpenAiApi.class), client.dispatcher().executorService());
    try (Scope scope = customer("sync")) {
      service.createChatCompletion(question());
    }
    try (Scope scope = customer("stream")) {
      service.streamChatCompletion(question()).blockingForEach(part -> {});
    }
    System.out.println("done");
    System.exit(0);
  }

  private static ChatCompletionRequest question() {
    return ChatCompletionRequest.builder()
        .model("gpt-4o-mini")
        .messages(List.of(new ChatMessage("user", "Hello there")))
        .build();
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
