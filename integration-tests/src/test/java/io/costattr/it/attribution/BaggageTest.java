package io.costattr.it.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.context.Scope;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry baggage, of the application's own API and of the OpenTelemetry agent. */
class BaggageTest {
  @TempDir Path directory;

  /** Calls under baggage, under both, and under baggage that is hostile. */
  public static final class OwnApi {
    public static void main(String[] arguments) throws Exception {
      Baggage baggage =
          Baggage.builder()
              .put("costattr.feature", "of baggage")
              .put("costattr.customer.id", "cust b\u00e4")
              .put("costattr.tag.experiment", "B")
              .build();
      try (Scope scope = baggage.makeCurrent()) {
        Call.chat(arguments[0]);
        Attribution said = Attribution.builder().feature("of the thread").team("core").build();
        try (var inner = AttributionContext.with(said)) {
          Call.chat(arguments[0]);
        }
      }
      BaggageBuilder hostile =
          Baggage.builder()
              .put("costattr.feature", "f".repeat(65_536))
              .put("costattr.customer.id", "a\r\nb")
              .put("costattr.team", "t");
      try (Scope scope = hostile.build().makeCurrent()) {
        Call.chat(arguments[0]);
      }
      for (int i = 0; i < 5_000; i++) {
        hostile.put("costattr.tag.t" + i, "v");
      }
      try (Scope scope = hostile.build().makeCurrent()) {
        Call.chat(arguments[0]);
      }
      Call.chat(arguments[0]);
      System.out.println("done");
    }
  }

  /** Serves one request, whose baggage is propagated by the OpenTelemetry agent alone. */
  public static final class Served {
    public static void main(String[] arguments) throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try {
              Call.chat(arguments[0]);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + server.getAddress().getPort() + "/x"))
              .header("baggage", "costattr.customer.id=cust%201,costattr.team=t;p=1,other=x")
              .build();
      HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
      server.stop(0);
      System.exit(0);
    }
  }

  static final class Call {
    private Call() {}

    static void chat(String base) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
              .header("Authorization", "Bearer sk-test")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"model\":\"gpt-5.5\",\"messages\":[{\"role\":\"user\","
                          + "\"content\":\"Hello there\"}]}"))
              .build();
      HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void theApplicationsOwnBaggageIsReadAndTheThreadWinsKeyByKey() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, OwnApi.class)
              .withAgent("otel.sdk.disabled=true", "defaults.environment=test")
              .argument(server.baseUrl())
              .run();

      assertThat(result.exit()).as(result.err()).isZero();
      List<JsonNode> events = result.events();
      assertThat(who(events.get(0)))
          .isEqualTo("of baggage/baggage cust b\u00e4/baggage (unattributed)/none");
      assertThat(events.get(0).path("tags").path("experiment").asText()).isEqualTo("B");
      assertThat(who(events.get(1))).isEqualTo("of the thread/api cust b\u00e4/baggage core/api");
      assertThat(who(events.get(2))).isEqualTo("(unattributed)/none (unattributed)/none t/baggage");
      assertThat(who(events.get(3)))
          .isEqualTo("(unattributed)/none (unattributed)/none (unattributed)/none");
      assertThat(who(events.get(4)))
          .isEqualTo("(unattributed)/none (unattributed)/none (unattributed)/none");
      assertThat(result.err())
          .containsOnlyOnce("baggage with more than 180 entries")
          .containsOnlyOnce("control characters")
          .doesNotContain("internal fault");
    }
  }

  @Test
  void itIsNotReadWhenThatIsSwitchedOff() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, OwnApi.class)
              .withAgent("otel.sdk.disabled=true", "baggage=false")
              .argument(server.baseUrl())
              .run();

      assertThat(result.eachEvents("feature"))
          .containsExactly(
              "(unattributed)",
              "of the thread",
              "(unattributed)",
              "(unattributed)",
              "(unattributed)");
    }
  }

  @Test
  void theBaggageOfTheOpenTelemetryAgentIsReadWhereTheApplicationHasNoApi() throws Exception {
    String withoutApi =
        Stream.of(AgentJvm.testClassPath().split(File.pathSeparator))
            .filter(jar -> !jar.contains("opentelemetry"))
            .collect(Collectors.joining(File.pathSeparator));
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Served.class)
              .classPath(withoutApi)
              .option("-javaagent:" + AgentJvm.otherAgent("opentelemetry-javaagent"))
              .option(
                  "-Dotel.traces.exporter=none",
                  "-Dotel.metrics.exporter=none",
                  "-Dotel.logs.exporter=none")
              .withAgent("otel.sdk.disabled=true")
              .argument(server.baseUrl())
              .run();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.events()).hasSize(1);
      assertThat(who(result.events().get(0)))
          .isEqualTo("(unattributed)/none cust 1/baggage t/baggage");
    }
  }

  private static String who(JsonNode event) {
    JsonNode sources = event.path("attribution_source");
    return String.join(
        " ",
        Stream.of("feature", "customer_id", "team")
            .map(name -> event.path(name).asText() + "/" + sources.path(name).asText())
            .toList());
  }
}
