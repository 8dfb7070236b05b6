import java.util.concurrent.Callable;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Kafka, in this JVM: its call starts it, and says where it is. */
public final class Program implements Callable<String>, AutoCloseable {
  private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);

  @Override
  public String call() {
    broker.afterPropertiesSet();
    return broker.getBrokersAsString();
  }

  @Override
  public void close() {
    broker.destroy();
  }
}
