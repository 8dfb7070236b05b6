import io.vertx.core.Vertx;
import io.vertx.ext.web.AllowForwardHeaders;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** Servers on Netty that take for the peer what a header says. */
public class Program {
  static String model;

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    both(webFlux());
    both(vertx());
    System.exit(0);
  }

  private static int webFlux() {
    var routes =
        RouterFunctions.route()
            .GET(
                "/chat",
                request ->
                    Mono.fromCallable(Program::embed)
                        .flatMap(
                            done ->
                                ServerResponse.ok()
                                    .bodyValue(
                                        "<"
                                            + request.remoteAddress().orElseThrow().getHostString()
                                            + ">")))
            .build();
    HttpHandler handler =
        WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(routes))
            .forwardedHeaderTransformer(new ForwardedHeaderTransformer())
            .build();
    return HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .forwarded(true)
        .handle(new ReactorHttpHandlerAdapter(handler))
        .bindNow()
        .port();
  }

  private static int vertx() throws Exception {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.allowForward(AllowForwardHeaders.X_FORWARD);
    router
        .get("/chat")
        .handler(
            context -> {
              embed();
              context
                  .response()
                  .putHeader("Connection", "close")
                  .end("<" + context.request().remoteAddress().host() + ">");
            });
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .actualPort();
  }

  private static void both(int port) throws IOException {
    get(port, "127.0.0.2", "costattr.customer.id=cust_1");
    get(port, "127.0.0.1", "costattr.customer.id=spoofed");
  }

  /** Asks from that address, and says to be somebody else. */
  private static void get(int port, String from, String baggage) throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (Socket socket = new Socket(loopback, port, InetAddress.getByName(from), 0)) {
      String head =
          "GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: "
              + (from.equals("127.0.0.1") ? "127.0.0.2" : "127.0.0.1")
              + "\r\nbaggage: "
              + baggage
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      System.out.println(from + " is taken for " + answer.replaceAll("(?s).*<(.*)>.*", "$1"));
    }
  }

  private static boolean embed() {
    HttpRequest embed =
        HttpRequest.newBuilder(URI.create(model + "/embeddings"))
            .header("Authorization", "Bearer sk-test")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"text-embedding-3-small\",\"input\":\"two words\"}"))
            .build();
    try {
      HttpClient.newHttpClient().send(embed, HttpResponse.BodyHandlers.discarding());
      return true;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
