package beans;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What is served: Micronaut makes no beans of classes without a package. */
public final class Beans {
  private static final ExecutorService OWN = Executors.newFixedThreadPool(1);

  /** Makes a call that expects to be of that route and of that customer. */
  public static BiConsumer<String, String> call = (route, customer) -> {};

  /** Whether chains have their request on every thread. */
  public static boolean carries;

  private Beans() {}

  private static String call(String route, String customer) {
    call.accept(route, customer);
    return "served";
  }

  /** Where a chain goes on: Micronaut carries its requests there up to 3. */
  private static String callLater(String route, String customer) {
    return carries ? call(route, customer) : callOfNobody();
  }

  /** On a thread that nobody carries anything to. */
  private static String callOfNobody() {
    return call("(unattributed)", "(unattributed)");
  }

  private static Mono<String> foreign() {
    return Mono.create(sink -> new Thread(() -> sink.success("x")).start());
  }

  /** What is served. */
  @Controller("/")
  public static class Shop {

    /** On the event loop. */
    @Get("/orders/{order}")
    public String order(String order, @Header("x-customer") String customer) {
      call("/orders/{order}", customer);
      return "served";
    }

    /** Once its body has come. */
    @Post(value = "/carts/{cart}/items/{item}", consumes = "text/plain")
    public String item(
        String cart, String item, @Header("x-customer") String customer, @Body String body) {
      call("/carts/{cart}/items/{item}", customer);
      return "served";
    }

    /** On a worker of Micronaut's. */
    @Get("/blocking/{id}")
    @ExecuteOn("io")
    public String blocking(String id, @Header("x-customer") String customer) {
      call("/blocking/{id}", customer);
      return "served";
    }

    /** On a thread of the application's. */
    @Get("/later/{id}")
    public CompletableFuture<String> later(String id, @Header("x-customer") String customer) {
      call("/later/{id}", customer);
      return CompletableFuture.supplyAsync(
              () -> {
                call("/later/{id}", customer);
                return "served";
              },
              OWN)
          .thenApplyAsync(
              served -> {
                call("/later/{id}", customer);
                return served;
              });
    }

    /** Where Micronaut subscribes to it. */
    @Get("/reactive/{id}")
    public Publisher<String> reactive(String id, @Header("x-customer") String customer) {
      String route = "/reactive/{id}";
      return Mono.fromCallable(() -> call(route, customer))
          .delayElement(Duration.ofMillis(5))
          .map(text -> callLater(route, customer))
          .flatMap(text -> Mono.fromCallable(() -> callLater(route, customer)))
          .publishOn(Schedulers.boundedElastic())
          .map(text -> callLater(route, customer))
          .flatMap(
              text ->
                  Mono.fromCallable(() -> callLater(route, customer))
                      .subscribeOn(Schedulers.boundedElastic()))
          .flatMap(text -> foreign())
          .map(text -> callLater(route, customer))
          .flatMap(
              text -> Mono.fromFuture(CompletableFuture.supplyAsync(() -> callOfNobody(), OWN)))
          .map(text -> callLater(route, customer));
    }
  }

  /** Before any of them. */
  @Filter("/**")
  public static class Before implements HttpServerFilter {
    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(
        HttpRequest<?> request, ServerFilterChain chain) {
      String path = request.getPath();
      String route =
          path.startsWith("/carts")
              ? "/carts/{cart}/items/{item}"
              : path.startsWith("/orders")
                  ? "/orders/{order}"
                  : path.substring(0, path.lastIndexOf('/')) + "/{id}";
      call(route, request.getHeaders().get("x-customer"));
      return Publishers.map(chain.proceed(request), response -> response);
    }
  }
}
