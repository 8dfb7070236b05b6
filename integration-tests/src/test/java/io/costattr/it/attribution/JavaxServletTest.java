package io.costattr.it.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servlets of {@code javax.servlet}, in the versions of Tomcat that have them. */
class JavaxServletTest {
  @TempDir Path directory;

  /** Serves one request, and calls the model at the URL in its argument. */
  public static final class Server {
    static String model = "";

    public static void main(String[] arguments) throws Exception {
      model = arguments[0];
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(arguments[1]);
      tomcat.setSilent(true);
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      Context context = tomcat.addContext("/shop", arguments[1]);
      Tomcat.addServlet(context, "plain", Plain.class.getName()).addMapping("/plain/*");
      tomcat.start();
      URI uri =
          URI.create(
              "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/shop/plain/4711");
      HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(uri).header("X-Customer-Id", "cust_1").build(),
              HttpResponse.BodyHandlers.discarding());
      tomcat.stop();
      System.exit(0);
    }
  }

  /** Calls the model. */
  public static final class Plain extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        BaggageTest.Call.chat(Server.model);
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"9.0.111, /shop/plain/*, route", "8.5.100, (unattributed), none"})
  void theRouteIsTheMappingWhereTheApiTellsIt(String version, String route, String source)
      throws Exception {
    List<File> tomcat =
        List.of(
            Maven.resolver()
                .resolve("org.apache.tomcat.embed:tomcat-embed-core:" + version)
                .withTransitivity()
                .asFile());
    String classPath =
        Stream.concat(
                tomcat.stream().map(File::getPath),
                Stream.of(AgentJvm.testClassPath().split(File.pathSeparator))
                    .filter(jar -> !jar.contains("tomcat") && !jar.contains("servlet-api")))
            .collect(Collectors.joining(File.pathSeparator));
    Files.writeString(
        directory.resolve("costattr.yaml"),
        "rules: [{customer_id: {header: x-customer-id}, when: {path: /shop/plain/4711}}]");
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Server.class)
              .classPath(classPath)
              .withAgent("otel.sdk.disabled=true")
              .argument(server.baseUrl(), directory.resolve("tomcat").toString())
              .run();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("internal fault");
      JsonNode event = result.events().get(0);
      assertThat(event.path("route").asText()).isEqualTo(route);
      assertThat(event.path("attribution_source").path("route").asText()).isEqualTo(source);
      assertThat(event.path("customer_id").asText()).isEqualTo("cust_1");
    }
  }
}
