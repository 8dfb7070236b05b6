import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls with the API that every WebClient has; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    WebClient client = client(arguments[0]);
    try (Scope scope = customer("block")) {
      check(text(client, "").block());
    }
    try (Scope scope = customer("tls")) {
      check(text(client(arguments[1]), "").block());
    }
    // Spring has its connector ask for gzip and decode it.
    try (Scope scope = customer("gzip")) {
      check(text(client, "gzip").block());
    }
    CompletableFuture<String> later;
    try (Scope scope = customer("future")) {
      later = text(client, "").toFuture();
    }
    check(later.get());
    try (Scope scope = customer("filtered")) {
      WebClient filtered =
          client
              .mutate()
              .filter((request, next) -> Mono.defer(() -> next.exchange(request)))
              .build();
      check(text(filtered, "").block());
    }
    try (Scope scope = customer("body-of-parts")) {
      check(
          post(client)
              .body(
                  BodyInserters.fromPublisher(
                      Flux.fromArray(question(false).split("(?<=,)")), String.class))
              .retrieve()
              .bodyToMono(String.class)
              .block());
    }
    try (Scope scope = customer("stream")) {
      List<String> events = events(client).collectList().block();
      check(events.get(0));
    }
    // As Spring AI reads: it cancels at the last event.
    try (Scope scope = customer("stream-until-done")) {
      events(client).takeUntil("[DONE]"::equals).blockLast();
    }
    try (Scope scope = customer("refused")) {
      post(client)
          .header("x-loopback-fault", "429")
          .bodyValue(question(false))
          .retrieve()
          .bodyToMono(String.class)
          .block();
      throw new AssertionError("not refused");
    } catch (WebClientResponseException e) {
      if (e.getResponseBodyAsString().isEmpty()) {
        throw e;
      }
    }
    System.out.println("done");
  }

  private static Mono<String> text(WebClient client, String coding) {
    return post(client)
        .headers(
            headers -> {
              if (!coding.isEmpty()) {
                headers.set("x-loopback-coding", coding);
              }
            })
        .bodyValue(question(false))
        .retrieve()
        .bodyToMono(String.class);
  }

  private static Flux<String> events(WebClient client) {
    return post(client)
        .accept(MediaType.TEXT_EVENT_STREAM)
        .bodyValue(question(true))
        .retrieve()
        .bodyToFlux(String.class);
  }

  private static WebClient client(String base) {
    return WebClient.builder().baseUrl(base).build();
  }

  private static WebClient.RequestBodySpec post(WebClient client) {
    return client
        .post()
        .uri("/chat/completions")
        .contentType(MediaType.APPLICATION_JSON)
        .header("Authorization", "Bearer sk-test");
  }

  private static String question(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
        + " there\"}]"
        + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
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
