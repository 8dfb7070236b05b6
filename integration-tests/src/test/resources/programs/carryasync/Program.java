import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Spring's asynchronous methods, on each kind of executor. */
public final class Program {
  private static final String NOBODY = "(unattributed)";
  private static final AtomicInteger RIGHT = new AtomicInteger();
  private static final CompletableFuture<String> SCHEDULED = new CompletableFuture<>();

  public static void main(String[] arguments) throws Exception {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    try (Scope scope = AttributionContext.with(is("whoever starts it"))) {
      context.register(App.class);
      context.refresh();
    }
    said("a scheduled method", NOBODY, SCHEDULED.get(60, TimeUnit.SECONDS));
    Work work = context.getBean(Work.class);
    for (int i = 0; i < 3; i++) {
      String customer = i == 2 ? NOBODY : "customer-" + i;
      carried("a thread of its own", customer, work::simple);
      carried("a thread of its own, throttled", customer, work::throttled);
      carried("a pool", customer, work::pooled);
      carried("a scheduler's pool", customer, work::scheduler);
      carried("what it calls", customer, work::nested);
      carried("a virtual thread", customer, work::virtual);
    }
    SimpleAsyncTaskExecutor simple = new SimpleAsyncTaskExecutor();
    for (String customer : new String[] {"a", NOBODY, "b"}) {
      carried(
          "execute",
          customer,
          () -> {
            CompletableFuture<String> seen = new CompletableFuture<>();
            simple.execute(() -> seen.complete(now()));
            return seen;
          });
      carried("submit", customer, () -> future(simple.submit(Program::now)));
    }
    context.close();
    System.out.println("right " + RIGHT);
    System.exit(0);
  }

  private static CompletableFuture<String> future(Future<String> of) throws Exception {
    return CompletableFuture.completedFuture(of.get(60, TimeUnit.SECONDS));
  }

  private static void carried(
      String what, String customer, Callable<CompletableFuture<String>> work) throws Exception {
    CompletableFuture<String> seen =
        customer.equals(NOBODY) ? work.call() : AttributionContext.call(is(customer), work);
    said(what, customer, seen.get(60, TimeUnit.SECONDS));
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

  /** Its implementation is called by a proxy. */
  public interface Work {
    CompletableFuture<String> simple();

    CompletableFuture<String> throttled();

    CompletableFuture<String> pooled();

    CompletableFuture<String> scheduler();

    CompletableFuture<String> nested();

    CompletableFuture<String> virtual();
  }

  public static class Done implements Work {
    private final Executor simple;

    Done(Executor simple) {
      this.simple = simple;
    }

    @Override
    @Async("simple")
    public CompletableFuture<String> simple() {
      return CompletableFuture.completedFuture(now());
    }

    @Override
    @Async("throttled")
    public CompletableFuture<String> throttled() {
      return CompletableFuture.completedFuture(now());
    }

    @Override
    @Async("pooled")
    public CompletableFuture<String> pooled() {
      return CompletableFuture.completedFuture(now());
    }

    @Override
    @Async("scheduler")
    public CompletableFuture<String> scheduler() {
      return CompletableFuture.completedFuture(now());
    }

    @Override
    @Async("pooled")
    public CompletableFuture<String> nested() {
      CompletableFuture<String> seen = new CompletableFuture<>();
      simple.execute(() -> seen.complete(now()));
      return seen;
    }

    @Override
    @Async("virtual")
    public CompletableFuture<String> virtual() {
      return CompletableFuture.completedFuture(now());
    }
  }

  public static class Clock {
    @Scheduled(fixedDelay = 3_600_000)
    public void scheduled() {
      SCHEDULED.complete(now());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  @EnableScheduling
  public static class App {
    @Bean
    public SimpleAsyncTaskExecutor simple() {
      return new SimpleAsyncTaskExecutor();
    }

    @Bean
    public SimpleAsyncTaskExecutor throttled() {
      SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
      executor.setConcurrencyLimit(1);
      return executor;
    }

    /** Of virtual threads, where both Spring and the JVM have them. */
    @Bean
    public SimpleAsyncTaskExecutor virtual() {
      SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
      try {
        Thread.class.getMethod("ofVirtual");
        executor.getClass().getMethod("setVirtualThreads", boolean.class).invoke(executor, true);
      } catch (ReflectiveOperationException plain) {
        executor.setThreadNamePrefix("plain-");
      }
      return executor;
    }

    @Bean
    public ThreadPoolTaskExecutor pooled() {
      ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
      executor.setCorePoolSize(1);
      return executor;
    }

    @Bean
    public ThreadPoolTaskScheduler scheduler() {
      return new ThreadPoolTaskScheduler();
    }

    @Bean
    public Clock clock() {
      return new Clock();
    }

    @Bean
    public Work work(@Qualifier("simple") SimpleAsyncTaskExecutor simple) {
      return new Done(simple);
    }
  }
}
