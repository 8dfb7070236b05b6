import io.costattr.api.Attribution;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.util.context.Context;

/**
 * Requests to several routes on one event loop, each with calls at every place of its chain. Every
 * call says which route and which customer it expects to be.
 */
public final class Program {
  private static final String NOTHING = "(unattributed)|(unattributed)";
  private static final int REQUESTS = 12;
  private static final HttpClient JDK = HttpClient.newHttpClient();
  private static final LoopResources LOOP = LoopResources.create("one", 1, true);

  /** Tells everybody who waits, on the thread of whoever fills it. */
  private static final Sinks.Many<Integer> SHARED = Sinks.many().multicast().directBestEffort();

  private static String base = "";
  private static WebClient client;

  public static void main(String[] arguments) throws Exception {
    base = arguments[0];
    client =
        WebClient.builder()
            .baseUrl(base)
            .clientConnector(
                new ReactorClientHttpConnector(
                    reactor.netty.http.client.HttpClient.create().runOn(LOOP)))
            .build();
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Web.class);
    HttpHandler whole = WebHttpHandlerBuilder.applicationContext(context).build();
    serve(whole, "/orders/{order}", "/carts/{cart}/items/{item}", "/shop/functional/{id}");
    serve(RouterFunctions.toHttpHandler(router()), "/shop/functional/{id}");
    if (!arguments[1].startsWith("5.")) {
      Hooks.enableAutomaticContextPropagation();
      serve(whole, "/orders/{order}", "/carts/{cart}/items/{item}", "/paid/{id}");
    }
    System.out.println("done");
    System.exit(0);
  }

  private static void serve(HttpHandler handler, String... routes) throws Exception {
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .runOn(LOOP)
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow();
    RoutedRequests.send(
        server.port(),
        REQUESTS,
        Stream.of(routes)
            .map(route -> route.replaceAll("\\{\\w+}", "4711"))
            .toArray(String[]::new));
    server.disposeNow();
  }

  @Configuration
  @EnableWebFlux
  public static class Web {
    /** Calls before and behind the handler, which are of no route. */
    @Bean
    public WebFilter filter() {
      return (exchange, chain) ->
          exchange.getRequest().getPath().value().startsWith("/orders")
              ? model(NOTHING).then(chain.filter(exchange)).then(model(NOTHING)).then()
              : chain.filter(exchange);
    }

    /** The application's own, in the chain's context. */
    @Bean
    public WebFilter customers() {
      return (exchange, chain) ->
          exchange.getRequest().getPath().value().startsWith("/paid")
              ? chain
                  .filter(exchange)
                  .contextWrite(
                      Context.of("costattr", Attribution.builder().customerId("who pays").build()))
              : chain.filter(exchange);
    }

    @Bean
    public Annotated annotated() {
      return new Annotated();
    }

    @Bean
    public RouterFunction<ServerResponse> functional() {
      return router();
    }
  }

  private static RouterFunction<ServerResponse> router() {
    return RouterFunctions.route()
        .path("/shop", shop -> shop.GET("/functional/{id}", Program::functional))
        .build();
  }

  private static Mono<ServerResponse> functional(ServerRequest request) {
    return work("/shop/functional/{id}|" + request.headers().firstHeader("x-customer"))
        .flatMap(text -> ServerResponse.ok().bodyValue("served"));
  }

  @RestController
  public static class Annotated {
    @GetMapping("/orders/{order}")
    public Mono<String> order(
        @PathVariable("order") String order, @RequestHeader("x-customer") String customer) {
      String expected = "/orders/{order}|" + customer;
      call(expected);
      return work(expected);
    }

    @PostMapping("/carts/{cart}/items/{item}")
    public Flux<String> item(
        @RequestBody String body, @RequestHeader("x-customer") String customer) {
      String expected = "/carts/{cart}/items/{item}|" + customer;
      call(expected);
      return work(expected).flux();
    }

    @GetMapping("/paid/{id}")
    public Mono<String> paid() {
      return work("/paid/{id}|who pays");
    }
  }

  /** A chain that goes from thread to thread, and calls on each. */
  private static Mono<String> work(String expected) {
    return model(expected)
        .flatMap(text -> model(expected))
        .map(text -> call(expected))
        .then(Mono.delay(Duration.ofMillis(5)))
        .map(tick -> call(expected))
        .flatMap(text -> model(expected))
        .flatMap(
            text ->
                Mono.fromCallable(() -> call(expected)).subscribeOn(Schedulers.boundedElastic()))
        .flatMap(text -> Mono.defer(() -> model(expected)).subscribeOn(Schedulers.boundedElastic()))
        .publishOn(Schedulers.boundedElastic())
        .map(text -> call(expected))
        .delayElement(Duration.ofMillis(2))
        .flatMap(
            text ->
                Mono.fromFuture(
                    JDK.sendAsync(
                        ModelCall.request(base, expected), HttpResponse.BodyHandlers.ofString())))
        .map(response -> call(expected))
        .flatMap(text -> foreign())
        .map(text -> call(expected))
        .flatMap(text -> shared())
        .map(text -> call(expected))
        .flatMap(text -> model(expected))
        .flatMap(
            text -> Flux.interval(Duration.ofMillis(1)).take(2).map(x -> call(expected)).next())
        .flatMap(
            text ->
                Mono.fromCallable(() -> model(expected).block())
                    .subscribeOn(Schedulers.boundedElastic()))
        .map(text -> "served");
  }

  /** Something that comes on a thread of nobody's, as a driver's does. */
  private static Mono<String> foreign() {
    return Mono.create(sink -> new Thread(() -> sink.success("x")).start());
  }

  /** Something that one of those who wait for it makes come, for all. */
  private static Mono<Integer> shared() {
    return SHARED
        .asFlux()
        .next()
        .doOnSubscribe(
            subscription ->
                Schedulers.parallel()
                    .schedule(
                        () -> {
                          synchronized (SHARED) {
                            SHARED.tryEmitNext(1);
                          }
                        },
                        20,
                        TimeUnit.MILLISECONDS));
  }

  private static Mono<String> model(String expected) {
    return client
        .post()
        .uri("/chat/completions")
        .header("Authorization", "Bearer sk-test")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(ModelCall.json(expected))
        .retrieve()
        .bodyToMono(String.class);
  }

  private static String call(String expected) {
    return ModelCall.make(base, expected);
  }
}
