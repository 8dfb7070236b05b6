import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Serves requests by WebFlux, which call the model at once and after a delay. */
public final class Program {
  private static WebClient client;

  public static void main(String[] arguments) throws Exception {
    client =
        WebClient.builder()
            .baseUrl(arguments[0])
            .clientConnector(
                new ReactorClientHttpConnector(reactor.netty.http.client.HttpClient.create()))
            .build();
    var routes =
        RouterFunctions.route()
            .GET("/now/{id}", request -> embed().then(ServerResponse.noContent().build()))
            .GET(
                "/later/{id}",
                request ->
                    Mono.delay(Duration.ofMillis(1))
                        .then(Mono.defer(Program::embed))
                        .then(ServerResponse.noContent().build()))
            .build();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
            .bindNow();
    for (int i = 1; i < arguments.length; i++) {
      for (String path : new String[] {"/now/1", "/later/1"}) {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri).header("baggage", arguments[i]).build();
        int status =
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        System.out.println(status);
      }
    }
    System.exit(0);
  }

  private static Mono<String> embed() {
    return client
        .post()
        .uri("/embeddings")
        .header("Authorization", "Bearer sk-test")
        .header("Content-Type", "application/json")
        .bodyValue("{\"model\":\"text-embedding-3-small\",\"input\":\"two words\"}")
        .retrieve()
        .bodyToMono(String.class);
  }
}
