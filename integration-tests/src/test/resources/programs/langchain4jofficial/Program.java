import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialStreamingChatModel;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.concurrent.CompletableFuture;

/** Calls of LangChain4j on openai-java; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    try (Scope scope = customer("sync")) {
      check(model(arguments[0], "gpt-4o-mini").chat(UserMessage.from("Hello there")));
    }
    Ended streamed = new Ended();
    try (Scope scope = customer("stream")) {
      OpenAiOfficialStreamingChatModel.builder()
          .baseUrl(arguments[0])
          .apiKey("sk-test")
          .modelName("gpt-4o-mini")
          .build()
          .chat("Hello there", streamed);
    }
    check(streamed.end.get());
    try (Scope scope = customer("retried")) {
      check(model(arguments[0], "error-429-once").chat(UserMessage.from("Hello there")));
    }
    System.out.println("done");
    System.exit(0);
  }

  private static OpenAiOfficialChatModel model(String base, String name) {
    return OpenAiOfficialChatModel.builder()
        .baseUrl(base)
        .apiKey("sk-test")
        .modelName(name)
        .build();
  }

  private static void check(ChatResponse answer) {
    if (!answer.metadata().modelName().startsWith("gpt-")) {
      throw new AssertionError(answer.toString());
    }
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

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
