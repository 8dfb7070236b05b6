import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.config.SqsBootstrapConfiguration;
import io.awspring.cloud.sqs.config.SqsMessageListenerContainerFactory;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Listeners of Spring Cloud AWS: blocking, asynchronous and for batches. */
public final class Program {
  private static String run = "";
  private static SqsAsyncClient client;

  public static void main(String[] arguments) throws Exception {
    Model.at(arguments[0]);
    run = arguments[2];
    System.setProperty("run", run);
    client =
        SqsAsyncClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + arguments[1]))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
    for (String text : List.of("everywhere", "throws", "leaves", "after")) {
      send("each-", text);
    }
    for (String queue : List.of("later-", "batch-")) {
      send(queue, "everywhere");
      send(queue, "after");
    }
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    try (Scope scope = AttributionContext.with(Model.is("whoever starts it"))) {
      context.register(App.class);
      context.refresh();
    }
    Model.await(4 + 2 * 2);
    Model.end();
  }

  private static void send(String queue, String text) throws Exception {
    String url = client.createQueue(request -> request.queueName(queue + run)).get().queueUrl();
    client.sendMessage(request -> request.queueUrl(url).messageBody(text)).get();
  }

  public static class Listeners {
    @SqsListener("each-${run}")
    public void each(String text) throws Exception {
      Model.works(text, "queue:each-" + run);
    }

    @SqsListener("later-${run}")
    public CompletableFuture<Void> later(String text) {
      return CompletableFuture.runAsync(
          () -> {
            try {
              Model.works(text, "queue:later-" + run);
            } catch (Exception failed) {
              throw new IllegalStateException(failed);
            }
          });
    }

    @SqsListener("batch-${run}")
    public void batch(List<String> texts) throws Exception {
      for (String text : texts) {
        Model.works(text, "queue:batch-" + run);
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import(SqsBootstrapConfiguration.class)
  public static class App {
    @Bean
    public SqsMessageListenerContainerFactory<Object> defaultSqsListenerContainerFactory() {
      return SqsMessageListenerContainerFactory.builder().sqsAsyncClient(client).build();
    }

    @Bean
    public Listeners listeners() {
      return new Listeners();
    }
  }
}
