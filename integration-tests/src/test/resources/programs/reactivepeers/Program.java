import io.vertx.core.Vertx;
import io.vertx.ext.web.AllowForwardHeaders;
import io.vertx.ext.web.Router;
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
    LyingCaller.ask(webFlux());
    LyingCaller.ask(vertx());
    System.exit(0);
  }

  private static int webFlux() {
    var routes =
        RouterFunctions.route()
            .GET(
                "/chat",
                request ->
                    Mono.fromCallable(Program::call)
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
              call();
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

  private static boolean call() {
    ModelCall.make(model, "peers");
    return true;
  }
}
