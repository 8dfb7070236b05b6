import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Consumers of RabbitMQ's client, by class and by callback, on a thread that they share. */
public final class Program {
  private static final List<String> TEXTS = List.of("everywhere", "throws", "leaves", "after");

  public static void main(String[] arguments) throws Exception {
    Model.at(arguments[0]);
    String run = arguments[2];
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(Integer.parseInt(arguments[1]));
    Handler handler = new Handler();
    factory.setExceptionHandler(handler);
    ExecutorService workers = Executors.newSingleThreadExecutor();
    try (Connection connection = factory.newConnection(workers)) {
      Channel channel = connection.createChannel();
      for (String queue : List.of("each-", "callback-", "twice-a-", "twice-b-")) {
        channel.queueDeclare(queue + run, false, false, true, null);
      }
      try (Scope scope = AttributionContext.with(Model.is("whoever starts it"))) {
        Each each = new Each(channel, "queue:each-" + run);
        handler.expected = each;
        channel.basicConsume("each-" + run, true, each);
        channel.basicConsume(
            "callback-" + run,
            true,
            (tag, delivery) -> works(text(delivery.getBody()), "queue:callback-" + run),
            tag -> {});
        Consumer twice =
            new DefaultConsumer(channel) {
              @Override
              public void handleDelivery(
                  String tag, Envelope envelope, BasicProperties properties, byte[] body)
                  throws IOException {
                works(text(body), "queue:" + envelope.getRoutingKey());
              }
            };
        channel.basicConsume("twice-a-" + run, true, twice);
        channel.basicConsume("twice-b-" + run, true, twice);
        exchange(channel, "news-" + run);
        last(channel, "last-" + run);
      }
      for (String text : TEXTS) {
        send(channel, "", "each-" + run, text);
      }
      for (String text : List.of("everywhere", "leaves", "after")) {
        send(channel, "", "callback-" + run, text);
        send(channel, "", "twice-a-" + run, text);
        send(channel, "", "twice-b-" + run, text);
        send(channel, "news-" + run, "whatever", text);
      }
      send(channel, "", "last-" + run, "everywhere");
      send(channel, "news-" + run, "whatever", "after");
      Model.await(4 + 4 * 3 + 1 + 1);
      if (handler.wrong) {
        System.out.println("WRONG: the handler of exceptions was given another consumer");
      }
      workers.submit(() -> Model.calls(Model.NOBODY)).get();
    }
    Model.end();
  }

  /** A queue whose name was made up is named by the exchange that feeds it. */
  private static void exchange(Channel channel, String exchange) throws IOException {
    channel.exchangeDeclare(exchange, BuiltinExchangeType.FANOUT, false, true, null);
    String queue =
        channel.queueDeclare("spring.gen-" + exchange, false, true, true, null).getQueue();
    channel.queueBind(queue, exchange, "");
    channel.basicConsume(
        queue,
        true,
        (tag, delivery) -> works(text(delivery.getBody()), "queue:" + exchange),
        tag -> {});
  }

  /** Without a name it is the one that the channel has declared last. */
  private static void last(Channel channel, String queue) throws IOException {
    channel.queueDeclare(queue, false, false, true, null);
    channel.basicConsume(
        "", true, (tag, delivery) -> works(text(delivery.getBody()), "queue:" + queue), tag -> {});
  }

  private static void send(Channel channel, String exchange, String key, String text)
      throws IOException {
    channel.basicPublish(exchange, key, null, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static void works(String text, String route) throws IOException {
    try {
      Model.works(text, route);
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception other) {
      throw new IOException(other);
    }
  }

  /** Calls from where the broker confirms it as well, which is no message. */
  private static final class Each extends DefaultConsumer {
    private final String route;

    Each(Channel channel, String route) {
      super(channel);
      this.route = route;
    }

    @Override
    public void handleConsumeOk(String tag) {
      Model.calls(Model.NOBODY);
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, BasicProperties properties, byte[] body) throws IOException {
      works(text(body), route);
    }
  }

  private static final class Handler extends ForgivingExceptionHandler {
    private volatile Consumer expected;
    private volatile boolean wrong;

    @Override
    public void handleConsumerException(
        Channel channel, Throwable thrown, Consumer consumer, String tag, String method) {
      wrong |= consumer != expected || !"meant to fail".equals(thrown.getMessage());
    }
  }
}
