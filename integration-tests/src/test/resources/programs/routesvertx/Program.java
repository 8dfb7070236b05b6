import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.TimeUnit;

/**
 * Requests to several routes on one event loop, each with calls in its handlers and in the
 * callbacks that come after. Every call says which route and which customer it expects to be.
 */
public final class Program {
  private static String base = "";
  private static Vertx vertx;
  private static io.vertx.core.http.HttpClient client;

  public static void main(String[] arguments) throws Exception {
    base = arguments[0];
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(true));
    Router items = Router.router(vertx);
    items.post().handler(BodyHandler.create());
    items.post("/items/:item").handler(context -> work(context, "/carts/:cart/items/:item"));
    Router router = Router.router(vertx);
    router.route().handler(Program::before);
    router.get("/orders/:order").handler(context -> work(context, "/orders/:order"));
    router
        .get("/blocking/:id")
        .blockingHandler(
            context -> {
              call(expected(context, "/blocking/:id"));
              context.response().end("served");
            },
            false);
    router.get("/prefix/*").handler(context -> work(context, "/prefix/*"));
    mount(router, items);
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    RoutedRequests.send(
        server.actualPort(),
        20,
        "/orders/4711",
        "/carts/4711/items/8",
        "/blocking/4711",
        "/prefix/4711");
    System.out.println("done");
    System.exit(0);
  }

  private static void mount(Router router, Router items) {
    router.route("/carts/:cart/*").subRouter(items);
  }

  private static String expected(RoutingContext context, String route) {
    return route + "|" + context.request().getHeader("x-customer");
  }

  /** A handler of every route, which is of none. */
  private static void before(RoutingContext context) {
    call("(unattributed)|" + context.request().getHeader("x-customer"));
    context.next();
  }

  private static void work(RoutingContext context, String route) {
    String expected = expected(context, route);
    call(expected);
    model(
        expected,
        () ->
            vertx.setTimer(
                5,
                timer ->
                    model(
                        expected,
                        () -> {
                          call(expected);
                          model(expected, () -> context.response().end("served"));
                        })));
  }

  private static void model(String expected, Runnable then) {
    client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(base + "/chat/completions")
                .putHeader("Authorization", "Bearer sk-test"))
        .compose(request -> request.send(Buffer.buffer(ModelCall.json(expected))))
        .compose(response -> response.body())
        .onSuccess(body -> then.run())
        .onFailure(Throwable::printStackTrace);
  }

  private static String call(String expected) {
    return ModelCall.make(base, expected);
  }
}
