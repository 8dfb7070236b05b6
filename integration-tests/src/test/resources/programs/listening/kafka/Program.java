import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners of spring-kafka: for records and for batches, by annotation and without. */
public final class Program {
  private static String brokers = "";
  private static String run = "";

  public static void main(String[] arguments) throws Exception {
    Model.at(arguments[0]);
    brokers = arguments[1];
    run = arguments[2];
    System.setProperty("run", run);
    try (KafkaProducer<String, String> producer = producer()) {
      for (String text : List.of("everywhere", "throws", "leaves", "after")) {
        send(producer, "each-", text);
        send(producer, "plain-", text);
      }
      for (String topic : List.of("one-", "several-a-", "several-b-")) {
        send(producer, topic, "everywhere");
        send(producer, topic, "leaves");
      }
    }
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    KafkaMessageListenerContainer<String, String> plain = plain();
    try (Scope scope = AttributionContext.with(Model.is("whoever starts it"))) {
      context.register(App.class);
      context.refresh();
      plain.start();
    }
    // What fails comes twice.
    Model.await(2 * 5 + 3 * 2);
    plain.stop();
    context.close();
    Model.end();
  }

  private static KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer());
  }

  private static void send(KafkaProducer<String, String> producer, String topic, String text)
      throws Exception {
    producer.send(new ProducerRecord<>(topic + run, text)).get();
  }

  private static DefaultKafkaConsumerFactory<String, String> consumers(String group) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", brokers);
    properties.put("group.id", group + run);
    properties.put("auto.offset.reset", "earliest");
    properties.put("key.deserializer", StringDeserializer.class);
    properties.put("value.deserializer", StringDeserializer.class);
    properties.put("interceptor.classes", Between.class.getName());
    return new DefaultKafkaConsumerFactory<>(properties);
  }

  private static KafkaMessageListenerContainer<String, String> plain() {
    ContainerProperties properties = new ContainerProperties("plain-" + run);
    properties.setMessageListener(
        (MessageListener<String, String>)
            message -> {
              try {
                Model.works(message.value(), "queue:plain-" + run);
              } catch (RuntimeException failed) {
                throw failed;
              } catch (Exception other) {
                throw new IllegalStateException(other);
              }
            });
    KafkaMessageListenerContainer<String, String> container =
        new KafkaMessageListenerContainer<>(consumers("plain-"), properties);
    container.setCommonErrorHandler(once());
    return container;
  }

  private static DefaultErrorHandler once() {
    return new DefaultErrorHandler(new FixedBackOff(0, 1));
  }

  /** What the consumer itself does on the container's thread, before and after its messages. */
  public static final class Between implements ConsumerInterceptor<String, String> {
    @Override
    public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> polled) {
      Model.calls(Model.NOBODY);
      return polled;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
      Model.calls(Model.NOBODY);
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }

  public static class Listeners {
    @KafkaListener(id = "each", topics = "each-${run}", containerFactory = "records")
    public void each(String text) throws Exception {
      Model.works(text, "queue:each-" + run);
    }

    @KafkaListener(id = "one", topics = "one-${run}", containerFactory = "batches")
    public void one(List<String> texts) throws Exception {
      for (String text : texts) {
        // What one record's work has left open is in force until the batch is over.
        if (text.equals("everywhere")) {
          Model.works(text, "queue:one-" + run);
        }
      }
      for (String text : texts) {
        if (!text.equals("everywhere")) {
          Model.works(text, "queue:one-" + run);
        }
      }
    }

    @KafkaListener(
        id = "several",
        topics = {"several-a-${run}", "several-b-${run}"},
        containerFactory = "batches")
    public void several(List<ConsumerRecord<String, String>> batch) throws Exception {
      Set<String> topics = new TreeSet<>();
      batch.forEach(message -> topics.add(message.topic()));
      String route = topics.size() == 1 ? "queue:" + topics.iterator().next() : Model.NOBODY;
      for (ConsumerRecord<String, String> message : batch) {
        Model.works("whatever", route);
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableKafka
  public static class App {
    @Bean
    public ConcurrentKafkaListenerContainerFactory<String, String> records() {
      ConcurrentKafkaListenerContainerFactory<String, String> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      factory.setConsumerFactory(consumers("records-"));
      factory.setCommonErrorHandler(once());
      return factory;
    }

    @Bean
    public ConcurrentKafkaListenerContainerFactory<String, String> batches() {
      ConcurrentKafkaListenerContainerFactory<String, String> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      factory.setConsumerFactory(consumers("batches-"));
      factory.setBatchListener(true);
      return factory;
    }

    @Bean
    public Listeners listeners() {
      return new Listeners();
    }
  }
}
