import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.github.sashirestela.openai.SimpleOpenAI;
import io.github.sashirestela.openai.domain.chat.Chat;
import io.github.sashirestela.openai.domain.chat.ChatMessage.UserMessage;
import io.github.sashirestela.openai.domain.chat.ChatRequest;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Calls of simple-openai on the JDK's client; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    SimpleOpenAI client =
        SimpleOpenAI.builder()
            .apiKey("sk-test")
            .baseUrl(arguments[0].substring(0, arguments[0].length() - "/v1".length()))
            .build();
    CompletableFuture<Chat> later;
    try (Scope scope = customer("async")) {
      later = client.chatCompletions().create(question());
    }
    if (!later.get().getModel().startsWith("gpt-4o-mini")) {
      throw new AssertionError(later.get().toString());
    }
    CompletableFuture<Stream<Chat>> parts;
    try (Scope scope = customer("async-stream")) {
      parts = client.chatCompletions().createStream(question());
    }
    parts.get().forEach(part -> {});
    System.out.println("done");
    System.exit(0);
  }

  private static ChatRequest question() {
    return ChatRequest.builder()
        .model("gpt-4o-mini")
        .message(UserMessage.of("Hello there"))
        .build();
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
