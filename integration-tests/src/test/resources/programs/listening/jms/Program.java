import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.List;
import javax.jms.Connection;
import javax.jms.ConnectionFactory;
import javax.jms.Destination;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.MessageListener;
import javax.jms.MessageProducer;
import javax.jms.Session;
import javax.jms.TextMessage;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.annotation.EnableJms;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.config.DefaultJmsListenerContainerFactory;
import org.springframework.jms.config.SimpleJmsListenerContainerFactory;

/** Listeners of JMS, with two clients and without and with Spring. */
public final class Program {
  private static final List<String> TEXTS = List.of("everywhere", "throws", "leaves", "after");
  private static String url = "";
  private static String run = "";

  public static void main(String[] arguments) throws Exception {
    Model.at(arguments[0]);
    url = "tcp://127.0.0.1:" + arguments[1];
    run = arguments[2];
    System.setProperty("run", run);
    Connection core = listens(artemis(), "core-");
    Connection wire = listens(classic(), "wire-");
    Connection sender = artemis().createConnection();
    Session session = sender.createSession(false, Session.AUTO_ACKNOWLEDGE);
    for (String text : TEXTS) {
      send(session, session.createQueue("default-" + run), text);
      send(session, session.createQueue("simple-" + run), text);
    }
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    try (Scope scope = AttributionContext.with(Model.is("whoever starts it"))) {
      context.register(App.class);
      context.refresh();
    }
    // What fails comes again, but not by Spring.
    Model.await(2 * (5 + 1 + 1) + 2 * 4);
    context.close();
    sender.close();
    core.close();
    wire.close();
    Model.end();
  }

  private static ConnectionFactory artemis() throws JMSException {
    return new org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory(url);
  }

  private static ConnectionFactory classic() {
    return new ActiveMQConnectionFactory(url + "?jms.redeliveryPolicy.initialRedeliveryDelay=0");
  }

  private static Connection listens(ConnectionFactory factory, String kind) throws Exception {
    Connection connection = factory.createConnection();
    try (Scope scope = AttributionContext.with(Model.is("whoever starts it"))) {
      connection.start();
      Session queues = listens(connection);
      Destination queue = queues.createQueue(kind + run);
      queues.createConsumer(queue).setMessageListener(working("queue:" + kind + run));
      Session topics = listens(connection);
      Destination topic = topics.createTopic(kind + "topic-" + run);
      topics.createConsumer(topic).setMessageListener(working("queue:" + kind + "topic-" + run));
      Session replies = listens(connection);
      Destination temporary = replies.createTemporaryQueue();
      replies.createConsumer(temporary).setMessageListener(working(Model.NOBODY));
      Session sender = listens(connection);
      for (String text : TEXTS) {
        send(sender, queue, text);
      }
      send(sender, topic, "everywhere");
      send(sender, temporary, "everywhere");
    }
    return connection;
  }

  private static Session listens(Connection connection) throws JMSException {
    return connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
  }

  private static MessageListener working(String route) {
    return message -> {
      try {
        String text = ((TextMessage) message).getText();
        Model.works(message.getJMSRedelivered() ? "after" : text, route);
      } catch (RuntimeException failed) {
        throw failed;
      } catch (Exception other) {
        throw new IllegalStateException(other);
      }
    };
  }

  private static void send(Session session, Destination to, String text) throws JMSException {
    MessageProducer producer = session.createProducer(to);
    Message message = session.createTextMessage(text);
    producer.send(message);
    producer.close();
  }

  public static class Listeners {
    @JmsListener(destination = "default-${run}", containerFactory = "polling")
    public void polling(String text) throws Exception {
      Model.works(text, "queue:default-" + run);
    }

    @JmsListener(destination = "simple-${run}", containerFactory = "pushing")
    public void pushing(String text) throws Exception {
      Model.works(text, "queue:simple-" + run);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableJms
  public static class App {
    @Bean
    public DefaultJmsListenerContainerFactory polling() throws JMSException {
      DefaultJmsListenerContainerFactory factory = new DefaultJmsListenerContainerFactory();
      factory.setConnectionFactory(artemis());
      return factory;
    }

    @Bean
    public SimpleJmsListenerContainerFactory pushing() {
      SimpleJmsListenerContainerFactory factory = new SimpleJmsListenerContainerFactory();
      factory.setConnectionFactory(classic());
      return factory;
    }

    @Bean
    public Listeners listeners() {
      return new Listeners();
    }
  }
}
