import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Calls of Spring AI 2.x, which stands on openai-java; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    OpenAiChatModel model = model(arguments[0], "gpt-4o-mini");
    try (Scope scope = customer("sync")) {
      check(model.call(new Prompt("Hello there")));
    }
    CompletableFuture<List<ChatResponse>> later;
    try (Scope scope = customer("stream")) {
      later = model.stream(new Prompt("Hello there")).collectList().toFuture();
    }
    later.get();
    try (Scope scope = customer("retried")) {
      check(model(arguments[0], "error-429-once").call(new Prompt("Hello there")));
    }
    System.out.println("done");
    System.exit(0);
  }

  private static OpenAiChatModel model(String base, String name) {
    OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
    options.apiKey("sk-test");
    options.baseUrl(base);
    options.model(name);
    return OpenAiChatModel.builder().options(options.build()).build();
  }

  private static void check(ChatResponse answer) {
    if (!answer.getMetadata().getModel().startsWith("gpt-")) {
      throw new AssertionError(answer.toString());
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
