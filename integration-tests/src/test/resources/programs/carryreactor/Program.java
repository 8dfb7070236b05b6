import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.util.context.Context;

/** Micrometer's propagation carries customers through Reactor and WebFlux, each its own. */
public final class Program {
  private static final String NOBODY = "(unattributed)";
  private static final AtomicInteger RIGHT = new AtomicInteger();
  private static final int CUSTOMERS = 20;
  private static String base = "";

  public static void main(String[] arguments) throws Exception {
    base = arguments[0];
    snapshots();
    Hooks.enableAutomaticContextPropagation();
    callables();
    hops();
    shared();
    webFlux();
    System.out.println("right " + RIGHT);
    System.exit(0);
  }

  private static Attribution is(String customer) {
    return Attribution.builder().customerId(customer).build();
  }

  private static String now() {
    String customer = AttributionContext.current().customerId();
    return customer == null ? NOBODY : customer;
  }

  private static void said(String what, String expected, String actual) {
    if (expected.equals(actual)) {
      RIGHT.incrementAndGet();
    } else {
      System.out.println("WRONG " + what + ": expected " + expected + ", was " + actual);
    }
  }

  private static void snapshots() throws Exception {
    ContextSnapshotFactory factory = ContextSnapshotFactory.builder().clearMissing(true).build();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    ContextSnapshot nothing = factory.captureAll();
    ContextSnapshot captured;
    Runnable wrapped;
    try (Scope scope = AttributionContext.with(is("snapshot"))) {
      captured = factory.captureAll();
      wrapped = captured.wrap(() -> said("a wrapped task", "snapshot", now()));
      try (ContextSnapshot.Scope inner = captured.setThreadLocals()) {
        said("a snapshot where it was taken", "snapshot", now());
      }
      said("after it", "snapshot", now());
      try (ContextSnapshot.Scope inner = nothing.setThreadLocals()) {
        said("a snapshot of nothing", NOBODY, now());
        try (Scope other = AttributionContext.with(is("inner"))) {
          said("a scope within that", "inner", now());
        }
      }
      said("after that", "snapshot", now());
    }
    said("after the scope", NOBODY, now());
    pool.submit(wrapped).get();
    pool.submit(() -> said("the pool's next task", NOBODY, now())).get();
    try (Scope scope = AttributionContext.with(is("other"))) {
      wrapped.run();
      said("after a wrapped task", "other", now());
    }
    try (ContextSnapshot.Scope scope = captured.setThreadLocals()) {
      said("a snapshot on a thread with nothing", "snapshot", now());
      AttributionContext.with(is("left open"));
    }
    said("a scope left open in a snapshot's", NOBODY, now());
    ThreadPoolTaskExecutor spring = new ThreadPoolTaskExecutor();
    spring.setCorePoolSize(1);
    spring.setTaskDecorator(new ContextPropagatingTaskDecorator());
    spring.initialize();
    try (Scope scope = AttributionContext.with(is("decorated"))) {
      spring.submit(() -> said("a decorated task", "decorated", now())).get();
    }
    spring.submit(() -> said("the next one", NOBODY, now())).get();
    spring.shutdown();
    pool.shutdown();
  }

  /** What a scheduler is given to call carries without Micrometer as well. */
  private static void callables() throws Exception {
    Hooks.disableAutomaticContextPropagation();
    Scheduler[] schedulers = {
      Schedulers.parallel(),
      Schedulers.single(),
      Schedulers.boundedElastic(),
      Schedulers.fromExecutorService(Executors.newSingleThreadScheduledExecutor())
    };
    for (Scheduler scheduler : schedulers) {
      CompletableFuture<String> plain = new CompletableFuture<>();
      CompletableFuture<String> delayed = new CompletableFuture<>();
      CompletableFuture<String> worker = new CompletableFuture<>();
      CompletableFuture<String> periodic = new CompletableFuture<>();
      Mono<String> called = Mono.fromCallable(Program::now).subscribeOn(scheduler);
      CompletableFuture<String> callable;
      CompletableFuture<String> beyond;
      CountDownLatch subscribed = new CountDownLatch(1);
      Mono<String> cached =
          Mono.fromCallable(
                  () -> {
                    subscribed.await();
                    return "x";
                  })
              .subscribeOn(scheduler)
              .cache();
      CompletableFuture<String> another;
      try (Scope scope = AttributionContext.with(is("a"))) {
        callable = called.toFuture();
        cached.subscribe();
        scheduler.schedule(() -> plain.complete(now()));
        scheduler.schedule(() -> delayed.complete(now()), 1, TimeUnit.MILLISECONDS);
        scheduler.createWorker().schedule(() -> worker.complete(now()));
        scheduler.schedulePeriodically(() -> periodic.complete(now()), 0, 1, TimeUnit.HOURS);
      }
      try (Scope scope = AttributionContext.with(is("b"))) {
        another = cached.map(x -> now()).toFuture();
        subscribed.countDown();
        beyond = called.toFuture();
      }
      said("a callable on " + scheduler, "a", callable.get(60, TimeUnit.SECONDS));
      said("the same, of another", "b", beyond.get(60, TimeUnit.SECONDS));
      said("somebody else's cached one", "b", another.get(60, TimeUnit.SECONDS));
      said("a task", "a", plain.get(60, TimeUnit.SECONDS));
      said("a delayed task", "a", delayed.get(60, TimeUnit.SECONDS));
      said("a worker's task", "a", worker.get(60, TimeUnit.SECONDS));
      said("a periodic task", NOBODY, periodic.get(60, TimeUnit.SECONDS));
    }
    Scheduler plain = Schedulers.fromExecutor(Executors.newFixedThreadPool(1)::execute);
    CompletableFuture<String> direct = new CompletableFuture<>();
    CompletableFuture<String> worker = new CompletableFuture<>();
    try (Scope scope = AttributionContext.with(is("a"))) {
      plain.schedule(() -> direct.complete(now()));
      plain.createWorker().schedule(() -> worker.complete(now()));
    }
    said("a task of an executor", "a", direct.get(60, TimeUnit.SECONDS));
    said("a task of an executor's worker", "a", worker.get(60, TimeUnit.SECONDS));
    Hooks.enableAutomaticContextPropagation();
  }

  private static <T> Mono<T> seen(String what, String customer, Mono<T> of) {
    return of.doOnNext(value -> said(what, customer, now()));
  }

  /** Every kind of hop, by several customers on the same schedulers at once. */
  private static void hops() throws Exception {
    WebClient client = WebClient.create(base);
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      String customer = i % 6 == 0 ? NOBODY : "hops-" + i;
      Mono<Integer> chain = Mono.fromCallable(() -> 1).subscribeOn(Schedulers.boundedElastic());
      chain = seen("subscribeOn", customer, chain);
      chain = seen("publishOn", customer, chain.publishOn(Schedulers.parallel()));
      chain = seen("delayElement", customer, chain.delayElement(Duration.ofMillis(1)));
      chain =
          chain.flatMap(
              one ->
                  seen(
                      "flatMap",
                      customer,
                      Mono.fromCallable(() -> one + 1).subscribeOn(Schedulers.single())));
      chain =
          chain
              .flatMapMany(n -> Flux.range(0, 3))
              .publishOn(Schedulers.parallel())
              .delayElements(Duration.ofMillis(1))
              .doOnNext(n -> said("delayElements", customer, now()))
              .flatMap(n -> model(client, customer).thenReturn(n))
              .doOnNext(n -> said("behind a call", customer, now()))
              .concatMap(
                  n -> model(client, customer).delayElement(Duration.ofMillis(1)).thenReturn(n))
              .reduce(0, Integer::sum);
      int[] tries = {0};
      Mono<Integer> before = chain;
      chain =
          Mono.defer(
                  () -> {
                    said("a try", customer, now());
                    return tries[0]++ < 2
                        ? Mono.<Integer>error(new IllegalStateException())
                        : before;
                  })
              .retryWhen(reactor.util.retry.Retry.backoff(3, Duration.ofMillis(1)));
      Mono<Integer> whole =
          chain.timeout(Duration.ofSeconds(60)).flatMap(n -> model(client, customer).thenReturn(n));
      if (i % 6 == 0) {
        all.add(whole.contextCapture().toFuture());
      } else {
        try (Scope scope = AttributionContext.with(is(customer))) {
          all.add(whole.contextCapture().toFuture());
        }
      }
    }
    for (CompletableFuture<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    try (Scope scope = AttributionContext.with(is("blocked"))) {
      String seen = Mono.delay(Duration.ofMillis(1)).map(n -> now()).block(Duration.ofSeconds(60));
      said("block", "blocked", seen);
      said("after block", "blocked", now());
    }
    said("afterwards", NOBODY, now());
    said(
        "a parallel thread afterwards",
        NOBODY,
        Mono.delay(Duration.ofMillis(1)).map(n -> now()).block(Duration.ofSeconds(60)));
  }

  private static Mono<String> model(WebClient client, String customer) {
    return client
        .post()
        .uri("/chat/completions")
        .header("Authorization", "Bearer sk-test")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(
            "{\"model\":\"gpt-5.5\",\"prompt_cache_key\":\""
                + customer
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}")
        .retrieve()
        .bodyToMono(String.class);
  }

  /** Sources that several customers share. */
  private static void shared() throws Exception {
    Mono<String> cached = Mono.fromCallable(() -> "x").delayElement(Duration.ofMillis(20)).cache();
    Flux<String> replayed =
        Flux.just("x", "y").delayElements(Duration.ofMillis(10)).replay().refCount(2);
    Flux<String> published = Flux.just("x", "y").delayElements(Duration.ofMillis(10)).share();
    Sinks.Many<String> sink = Sinks.many().multicast().directBestEffort();
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (String customer : new String[] {"first", "second"}) {
      try (Scope scope = AttributionContext.with(is(customer))) {
        all.add(
            seen("a cached one", customer, cached.publishOn(Schedulers.parallel()))
                .contextCapture()
                .toFuture());
        all.add(
            replayed
                .publishOn(Schedulers.parallel())
                .doOnNext(x -> said("a replayed one", customer, now()))
                .contextCapture()
                .then()
                .toFuture());
        all.add(
            published
                .publishOn(Schedulers.parallel())
                .doOnNext(x -> said("a shared one", customer, now()))
                .contextCapture()
                .then()
                .toFuture());
        all.add(
            sink.asFlux()
                .doOnNext(x -> said("a sink's", customer, now()))
                .publishOn(Schedulers.parallel())
                .doOnNext(x -> said("a sink's, later", customer, now()))
                .take(1)
                .contextCapture()
                .then()
                .toFuture());
      }
    }
    try (Scope scope = AttributionContext.with(is("third"))) {
      sink.tryEmitNext("x");
      said("who emitted", "third", now());
    }
    for (CompletableFuture<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    try (Scope scope = AttributionContext.with(is("later"))) {
      seen("a cached one, later", "later", cached).contextCapture().block(Duration.ofSeconds(60));
    }
  }

  @Configuration
  @EnableWebFlux
  public static class Web {
    @Bean
    public WebFilter customers() {
      return (exchange, chain) -> {
        String customer = exchange.getRequest().getHeaders().getFirst("x-customer");
        return customer == null
            ? chain.filter(exchange)
            : chain.filter(exchange).contextWrite(Context.of("costattr", is(customer)));
      };
    }

    @Bean
    public WebClient client() {
      return WebClient.create(base);
    }

    @Bean
    public Annotated annotated(WebClient client) {
      return new Annotated(client);
    }

    @Bean
    public RouterFunction<ServerResponse> functional(WebClient client) {
      return RouterFunctions.route()
          .GET(
              "/functional",
              request ->
                  answer(client, request.headers().firstHeader("x-customer"))
                      .flatMap(text -> ServerResponse.ok().bodyValue(text)))
          .build();
    }
  }

  @RestController
  public static class Annotated {
    private final WebClient client;

    Annotated(WebClient client) {
      this.client = client;
    }

    @GetMapping("/annotated")
    public Mono<String> annotated(org.springframework.web.server.ServerWebExchange exchange) {
      return answer(client, exchange.getRequest().getHeaders().getFirst("x-customer"));
    }
  }

  private static Mono<String> answer(WebClient client, String header) {
    String customer = header == null ? NOBODY : header;
    said("a handler", customer, now());
    return model(client, customer)
        .flatMap(text -> model(client, customer))
        .delayElement(Duration.ofMillis(1))
        .flatMap(text -> model(client, customer))
        .publishOn(Schedulers.boundedElastic())
        .flatMap(text -> model(client, customer))
        .map(text -> now());
  }

  private static void webFlux() throws Exception {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Web.class);
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(
                new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.applicationContext(context).build()))
            .bindNow();
    HttpClient http = HttpClient.newHttpClient();
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 2 * CUSTOMERS; i++) {
      String customer = i % 5 == 0 ? NOBODY : "web-" + i;
      String path = i % 2 == 0 ? "/annotated" : "/functional";
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
      if (i % 5 != 0) {
        request.header("x-customer", customer);
      }
      all.add(
          http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
              .thenAccept(response -> said("WebFlux" + path, customer, response.body())));
    }
    for (CompletableFuture<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    server.disposeNow();
    context.close();
  }
}
