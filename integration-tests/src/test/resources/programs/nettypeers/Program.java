import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** Servers on Netty without a framework that take for the peer what a header says. */
public class Program {
  private static final ExecutorService OWN = Executors.newFixedThreadPool(1);

  static String model;

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    LyingCaller.ask(reactorNetty());
    LyingCaller.ask(vertx());
    System.exit(0);
  }

  private static int reactorNetty() {
    return HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .route(
            routes ->
                routes.get(
                    "/chat",
                    (request, response) ->
                        response.sendString(
                            Mono.fromCallable(
                                () -> served(request.requestHeaders().get("X-Forwarded-For"))))))
        .bindNow()
        .port();
  }

  private static int vertx() throws Exception {
    return Vertx.vertx()
        .createHttpServer()
        .requestHandler(
            request ->
                request
                    .response()
                    .putHeader("Connection", "close")
                    .end(served(request.getHeader("X-Forwarded-For"))))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .actualPort();
  }

  /** Calls on this thread, and on another one that the request is handed to. */
  private static String served(String forwardedFor) {
    ModelCall.make(model, "peers");
    CompletableFuture.supplyAsync(() -> ModelCall.make(model, "peers"), OWN).join();
    return "<" + forwardedFor + ">";
  }
}
