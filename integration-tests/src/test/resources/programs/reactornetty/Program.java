import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Calls with the API that every Reactor Netty 1 has; a customer for each kind of call. */
public class Program {
  private static final String ANSWER =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini-2024-07-18\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}}],"
          + "\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":1,\"total_tokens\":3}}";

  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    HttpClient client = HttpClient.create();
    Mono<String> call = whole(client, base, false);
    try (Scope scope = customer("mono")) {
      check(call.block());
    }
    // The same publisher, subscribed to by someone else.
    try (Scope scope = customer("mono-again")) {
      check(call.block());
    }
    try (Scope scope = customer("flux-of-parts")) {
      check(
          client
              .headers(Program::headers)
              .post()
              .uri(base + "/chat/completions")
              .send(ByteBufFlux.fromString(Flux.just(question(false).split("(?<=,)"))))
              .responseContent()
              .aggregate()
              .asString()
              .block());
    }
    try (Scope scope = customer("tls")) {
      check(whole(client, arguments[1], false).block());
    }
    try (Scope scope = customer("gzip")) {
      check(whole(coded(client.compress(true)), base, false).block());
    }
    try (Scope scope = customer("gzip-as-it-comes")) {
      coded(client)
          .headers(headers -> headers.set("Accept-Encoding", "gzip"))
          .headers(Program::headers)
          .post()
          .uri(base + "/chat/completions?api-version=1")
          .send(ByteBufFlux.fromString(Mono.just(question(false))))
          .responseContent()
          .aggregate()
          .asByteArray()
          .block();
    }
    try (Scope scope = customer("stream")) {
      check(whole(client, base, true).block());
    }
    try (Scope scope = customer("stream-until-done")) {
      client
          .headers(Program::headers)
          .post()
          .uri(base + "/chat/completions")
          .send(ByteBufFlux.fromString(Mono.just(question(true))))
          .responseContent()
          .asString()
          .takeUntil(text -> text.contains("[DONE]"))
          .blockLast();
    }
    DisposableServer server = http2();
    String http2 = "https://localhost:" + server.port() + "/v1";
    HttpClient second = client.protocol(HttpProtocol.H2).secure();
    try (Scope scope = customer("http2")) {
      check(whole(second, http2, false).block());
    }
    try (Scope scope = customer("http2-of-parts")) {
      check(
          second
              .headers(Program::headers)
              .post()
              .uri(http2 + "/chat/completions")
              .send(ByteBufFlux.fromString(Flux.just(question(false).split("(?<=,)"))))
              .responseContent()
              .aggregate()
              .asString()
              .block());
    }
    server.disposeNow();
    System.out.println("done");
  }

  private static Mono<String> whole(HttpClient client, String base, boolean stream) {
    return client
        .headers(Program::headers)
        .post()
        .uri(base + "/chat/completions?api-version=1")
        .send(ByteBufFlux.fromString(Mono.just(question(stream))))
        .responseContent()
        .aggregate()
        .asString();
  }

  private static void headers(io.netty.handler.codec.http.HttpHeaders headers) {
    headers.set("Authorization", "Bearer sk-test").set("Content-Type", "application/json");
  }

  private static HttpClient coded(HttpClient client) {
    return client.headers(headers -> headers.set("x-loopback-coding", "gzip"));
  }

  private static String question(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
        + " there\"}]"
        + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
  }

  private static DisposableServer http2() throws Exception {
    char[] password = System.getProperty("javax.net.ssl.trustStorePassword").toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(System.getProperty("javax.net.ssl.trustStore"))) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SslContext tls =
        SslContextBuilder.forServer(keys)
            .sslProvider(SslProvider.JDK)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    "h2"))
            .build();
    return HttpServer.create()
        .protocol(HttpProtocol.H2)
        .secure(spec -> spec.sslContext(tls))
        .handle(
            (request, response) ->
                request
                    .receive()
                    .aggregate()
                    .asString()
                    .flatMapMany(
                        asked ->
                            asked.equals(question(false))
                                ? response
                                    .header("Content-Type", "application/json")
                                    .sendObject(
                                        Flux.fromIterable(List.of(ANSWER.split("(?<=,)")))
                                            .map(
                                                part ->
                                                    Unpooled.copiedBuffer(
                                                        part, StandardCharsets.UTF_8)))
                                : response.status(400).send()))
        .bindNow();
  }

  private static void check(String text) {
    if (text == null || !text.contains("gpt-4o-mini")) {
      throw new AssertionError(text);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
