import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.GenericType;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.client.impl.MultiInvoker;

/** Calls of Quarkus' REST client, outside of a Quarkus; a customer for each kind of call. */
public class Program {
  private static final Client CLIENT = ClientBuilder.newClient();

  public static void main(String[] arguments) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          System.exit(1);
        });
    try (Scope scope = customer("sync")) {
      check(chat(arguments[0]).post(question(false), String.class));
    }
    try (Scope scope = customer("tls")) {
      check(chat(arguments[1]).post(question(false), String.class));
    }
    Future<String> later;
    try (Scope scope = customer("async")) {
      later = chat(arguments[0]).async().post(question(false), String.class);
    }
    check(later.get(30, TimeUnit.SECONDS));
    try (Scope scope = customer("input-stream");
        InputStream in = chat(arguments[0]).post(question(true), InputStream.class)) {
      in.readAllBytes();
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try (Scope scope = customer("stream")) {
      chat(arguments[0])
          .rx(MultiInvoker.class)
          .method("POST", question(true), new GenericType<String>() {})
          .subscribe()
          .with(event -> {}, ended::completeExceptionally, () -> ended.complete(null));
    }
    ended.get(30, TimeUnit.SECONDS);
    System.out.println("done");
    System.exit(0);
  }

  private static Invocation.Builder chat(String base) {
    return CLIENT
        .target(base + "/chat/completions")
        .request()
        .header("Authorization", "Bearer sk-test");
  }

  private static Entity<String> question(boolean stream) {
    return Entity.json(
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]"
            + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}"));
  }

  private static void check(String text) {
    if (!text.contains("gpt-4o-mini")) {
      throw new AssertionError(text);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
