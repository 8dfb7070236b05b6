import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.List;
import org.springframework.amqp.rabbit.annotation.EnableRabbit;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Listeners of spring-rabbit: on threads of the container's own, and on those of the client. */
public final class Program {
  private static final List<String> QUEUES = List.of("simple-", "direct-", "batch-");
  private static int port;
  private static String run = "";

  public static void main(String[] arguments) throws Exception {
    Model.at(arguments[0]);
    port = Integer.parseInt(arguments[1]);
    run = arguments[2];
    System.setProperty("run", run);
    CachingConnectionFactory own = connections();
    RabbitTemplate template = new RabbitTemplate(own);
    for (String queue : QUEUES) {
      template.execute(
          channel -> channel.queueDeclare(queue + run, false, false, false, null).getQueue());
      for (String text : List.of("everywhere", "throws", "leaves", "after")) {
        if (!queue.equals("batch-") || !text.equals("throws")) {
          template.convertAndSend(queue + run, text);
        }
      }
    }
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    try (Scope scope = AttributionContext.with(Model.is("whoever starts it"))) {
      context.register(App.class);
      context.refresh();
    }
    Model.await(2 * 4 + 3);
    context.close();
    own.destroy();
    Model.end();
  }

  private static CachingConnectionFactory connections() {
    return new CachingConnectionFactory("127.0.0.1", port);
  }

  public static class Listeners {
    @RabbitListener(queues = "simple-${run}", containerFactory = "simple")
    public void simple(String text) throws Exception {
      Model.works(text, "queue:simple-" + run);
    }

    @RabbitListener(queues = "direct-${run}", containerFactory = "direct")
    public void direct(String text) throws Exception {
      Model.works(text, "queue:direct-" + run);
    }

    @RabbitListener(queues = "batch-${run}", containerFactory = "batch")
    public void batch(List<String> texts) throws Exception {
      for (String text : texts) {
        Model.works(text.equals("leaves") ? "after" : text, "queue:batch-" + run);
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableRabbit
  public static class App {
    @Bean
    public CachingConnectionFactory factory() {
      return connections();
    }

    @Bean
    public SimpleRabbitListenerContainerFactory simple(ConnectionFactory factory) {
      SimpleRabbitListenerContainerFactory simple = new SimpleRabbitListenerContainerFactory();
      simple.setConnectionFactory(factory);
      simple.setDefaultRequeueRejected(false);
      return simple;
    }

    @Bean
    public DirectRabbitListenerContainerFactory direct(ConnectionFactory factory) {
      DirectRabbitListenerContainerFactory direct = new DirectRabbitListenerContainerFactory();
      direct.setConnectionFactory(factory);
      direct.setDefaultRequeueRejected(false);
      return direct;
    }

    @Bean
    public SimpleRabbitListenerContainerFactory batch(ConnectionFactory factory) {
      SimpleRabbitListenerContainerFactory batch = simple(factory);
      batch.setBatchListener(true);
      batch.setConsumerBatchEnabled(true);
      batch.setBatchSize(10);
      batch.setReceiveTimeout(100L);
      return batch;
    }

    @Bean
    public Listeners listeners() {
      return new Listeners();
    }
  }
}
