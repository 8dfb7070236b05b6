import java.util.concurrent.Callable;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** ElasticMQ, in this JVM and in memory: its call starts it, and says its port. */
public final class Program implements Callable<String>, AutoCloseable {
  private final SQSRestServer server =
      SQSRestServerBuilder.withDynamicPort().withInterface("127.0.0.1").start();

  @Override
  public String call() {
    return String.valueOf(server.waitUntilStarted().localAddress().getPort());
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
