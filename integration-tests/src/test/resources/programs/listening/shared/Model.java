import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls a model, and says with each call which route and whose it should be. */
final class Model {
  static final String NOBODY = "(unattributed)";
  private static final ExecutorService POOL = Executors.newSingleThreadExecutor();
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final Semaphore DONE = new Semaphore(0);
  private static volatile String base = "";

  private Model() {}

  static void at(String url) {
    base = url;
  }

  /** A call by nobody in particular. */
  static void calls(String route) {
    calls(route, NOBODY);
  }

  static void calls(String route, String customer) {
    MADE.incrementAndGet();
    ModelCall.make(base, route + " " + customer);
  }

  /**
   * What listeners do with a message of that text: all that it may come to. Whatever it is, the
   * message has been worked on when it returns or throws.
   */
  static void works(String text, String route) throws Exception {
    try {
      switch (text) {
        case "everywhere" -> everywhere(route);
        case "throws" -> {
          calls(route);
          throw new IllegalStateException("meant to fail");
        }
        case "leaves" -> {
          Scope left = AttributionContext.with(is("left by a message"));
          calls(route, "left by a message");
        }
        default -> calls(route);
      }
    } finally {
      DONE.release();
    }
  }

  /** By this thread, and by those that it hands work to. */
  static void everywhere(String route) throws Exception {
    calls(route);
    POOL.submit(() -> calls(route)).get();
    CompletableFuture.runAsync(() -> calls(route)).thenRunAsync(() -> calls(route), POOL).get();
    CompletableFuture<Void> virtual = new CompletableFuture<>();
    Runnable task =
        () -> {
          calls(route);
          virtual.complete(null);
        };
    try {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (NoSuchMethodException beforeVirtualThreads) {
      virtual.complete(null);
    }
    virtual.get();
  }

  static Attribution is(String customer) {
    return Attribution.builder().customerId(customer).build();
  }

  /** Until so many messages have been worked on. */
  static void await(int messages) throws Exception {
    if (!DONE.tryAcquire(messages, 60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("only " + DONE.availablePermits() + " of " + messages);
    }
  }

  /** The threads that messages have used have nothing of them, and the program is over. */
  static void end() throws Exception {
    POOL.submit(() -> calls(NOBODY)).get();
    System.out.println("calls " + MADE);
    System.exit(0);
  }
}
