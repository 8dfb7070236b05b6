import beans.Beans;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/**
 * Requests to several routes that share one event loop and one worker, each with calls in its
 * filter, its controller, and what comes after. Every call says which route and which customer it
 * expects to be.
 */
public final class Program {
  private static String base = "";

  private Program() {}

  public static void main(String[] arguments) throws Exception {
    base = arguments[0];
    boolean known = !arguments[1].equals("3.2.7");
    Beans.carries = arguments[1].startsWith("3.");
    Beans.call =
        (route, customer) ->
            ModelCall.make(base, known ? route + "|" + customer : "(unattributed)|(unattributed)");
    EmbeddedServer server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.port",
                "-1",
                "micronaut.netty.event-loops.default.num-threads",
                "1",
                "micronaut.executors.io.type",
                "fixed",
                "micronaut.executors.io.n-threads",
                "1"));
    RoutedRequests.send(
        server.getPort(),
        25,
        "/orders/4711",
        "/carts/4711/items/8",
        "/blocking/4711",
        "/later/4711",
        "/reactive/4711");
    System.out.println("done");
    System.exit(0);
  }
}
