import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Calls with the API that every anthropic-java has; a customer for each kind of call. */
public class Program {
  private static final long REFUSED_ONCE = 99;

  public static void main(String[] arguments) throws Exception {
    AnthropicClient client =
        AnthropicOkHttpClient.builder().apiKey("sk-test").baseUrl(arguments[2]).build();
    try (Scope scope = customer("sync")) {
      check(client.messages().create(question(10)));
    }
    CompletableFuture<Message> later;
    try (Scope scope = customer("async")) {
      later = client.async().messages().create(question(10));
    }
    check(later.get());
    try (Scope scope = customer("stream");
        StreamResponse<RawMessageStreamEvent> events =
            client.messages().createStreaming(question(10))) {
      events.stream().forEach(event -> {});
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try (Scope scope = customer("async-stream")) {
      client
          .async()
          .messages()
          .createStreaming(question(10))
          .subscribe(
              new AsyncStreamResponse.Handler<RawMessageStreamEvent>() {
                @Override
                public void onNext(RawMessageStreamEvent event) {}

                @Override
                public void onComplete(Optional<Throwable> failure) {
                  if (failure.isPresent()) {
                    ended.completeExceptionally(failure.get());
                  } else {
                    ended.complete(null);
                  }
                }
              });
    }
    ended.get();
    try (Scope scope = customer("retried")) {
      check(client.messages().create(question(REFUSED_ONCE)));
    }
    try (Scope scope = customer("async-retried")) {
      later = client.async().messages().create(question(REFUSED_ONCE));
    }
    check(later.get());
    System.out.println("done");
    System.exit(0);
  }

  private static MessageCreateParams question(long maxTokens) {
    return MessageCreateParams.builder()
        .model("claude-haiku-4-5")
        .maxTokens(maxTokens)
        .addUserMessage("Hello there")
        .build();
  }

  private static void check(Message answer) {
    if (!answer.id().startsWith("msg_")) {
      throw new AssertionError(answer.toString());
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
