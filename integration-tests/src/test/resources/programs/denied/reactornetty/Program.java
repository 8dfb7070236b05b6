import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** What Reactor Netty gives to a call that is not sent. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    HttpClient client = HttpClient.create();
    trio.call("mono", base -> whole(client, base).block());
    trio.call("future", base -> whole(client, base).toFuture().get());
    trio.unread(
        "flux-of-parts",
        base ->
            sent(client, base, Flux.just(Trio.chat(false).split("(?<=,)")))
                .responseSingle((head, body) -> body.asString().map(text -> head(head) + text))
                .block());
    trio.call(
        "stream",
        base ->
            sent(client, base, Mono.just(Trio.chat(true)))
                .response((head, body) -> Flux.just(head(head)).concatWith(body.asString(UTF_8)))
                .collectList()
                .block()
                .toString());
    trio.call("demand", base -> demanded(client, base));
    trio.call("decompressing", base -> whole(client.compress(true), base).block());
    trio.call(
        "again-on-the-connection",
        base -> whole(client, base).block() + whole(client, base).block());
    HttpClient second = client.protocol(HttpProtocol.H2).secure();
    trio.http2("http2", base -> whole(second, base).block());
    trio.http2Unread(
        "http2-of-parts",
        base ->
            sent(second, base, Flux.just(Trio.chat(false).split("(?<=,)")))
                .responseSingle((head, body) -> body.asString().map(text -> head(head) + text))
                .block());
    trio.http2(
        "http2-many",
        base -> {
          String last = null;
          // More than a server allows at once.
          for (int i = 0; i < 150; i++) {
            last = whole(second, base).block();
          }
          return last;
        });
    System.out.println("done");
    System.exit(0);
  }

  private static HttpClient.ResponseReceiver<?> sent(
      HttpClient client, String base, org.reactivestreams.Publisher<String> body) {
    return client
        .headers(
            headers ->
                headers
                    .set("Authorization", "Bearer sk-test")
                    .set("Content-Type", "application/json"))
        .post()
        .uri(base + "/chat/completions")
        .send(
            body instanceof Mono
                ? ((Mono<String>) body).map(text -> Unpooled.copiedBuffer(text, UTF_8))
                : ByteBufFlux.fromString(body));
  }

  private static Mono<String> whole(HttpClient client, String base) {
    return sent(client, base, Mono.just(Trio.chat(false)))
        .responseSingle((head, body) -> body.asString().map(text -> head(head) + text));
  }

  private static String head(HttpClientResponse response) {
    HttpHeaders headers = response.responseHeaders();
    headers.remove("x-http2-stream-id");
    return Trio.head(response.status().code(), headers.entries())
        + response.status()
        + response.version()
        + response.resourceUrl()
        + response.path()
        + response.method();
  }

  /** Nothing comes before it is asked for. */
  private static String demanded(HttpClient client, String base) throws Exception {
    List<String> seen = new ArrayList<>();
    java.util.concurrent.CountDownLatch done = new java.util.concurrent.CountDownLatch(1);
    sent(client, base, Mono.just(Trio.chat(true)))
        .response((head, body) -> Flux.just(head(head)).concatWith(body.asString()))
        .subscribe(
            new BaseSubscriber<String>() {
              @Override
              protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
              }

              @Override
              protected void hookOnNext(String text) {
                seen.add(text);
                request(1);
              }

              @Override
              protected void hookOnError(Throwable thrown) {
                seen.add(Trio.failure(thrown));
                done.countDown();
              }

              @Override
              protected void hookOnComplete() {
                done.countDown();
              }
            });
    if (!done.await(30, TimeUnit.SECONDS)) {
      seen.add("no end");
    }
    return String.join(" then ", seen).startsWith("429") ? seen.toString() : throwing(seen);
  }

  private static String throwing(List<String> seen) {
    return "threw " + seen.get(0);
  }
}
