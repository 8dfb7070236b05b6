package io.costattr.it.threads;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.costattr.api.AttributionContext;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that a request hands over has its route, also when the request is long over. */
class CarriedRoutesTest {
  @TempDir Path directory;

  /** Serves requests that hand work over, which calls the model once they have been answered. */
  public static final class Servers {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
    private static final List<CompletableFuture<?>> WORK = new ArrayList<>();
    private static String model = "";
    private static CountDownLatch answered = new CountDownLatch(1);

    public static void main(String[] arguments) throws Exception {
      model = arguments[0];
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/jdk",
          exchange -> {
            handOver("/jdk");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
      get(server.getAddress().getPort(), "/jdk/4711");
      server.stop(0);
      tomcat(arguments[1]);
      for (CompletableFuture<?> work : WORK) {
        work.get(60, TimeUnit.SECONDS);
      }
      POOL.submit(() -> Who.calls(CLIENT, model, Who.NOBODY)).get();
      System.exit(0);
    }

    private static void tomcat(String folder) throws Exception {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(folder);
      tomcat.setSilent(true);
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      // One thread serves all requests.
      tomcat.getConnector().setProperty("maxThreads", "1");
      tomcat.getConnector().setProperty("minSpareThreads", "1");
      Context context = tomcat.addContext("/shop", folder);
      Tomcat.addServlet(context, "plain", new Plain()).addMapping("/plain/*");
      FilterDef filter = new FilterDef();
      filter.setFilterName("careless");
      filter.setFilter(new Careless());
      context.addFilterDef(filter);
      FilterMap everywhere = new FilterMap();
      everywhere.setFilterName("careless");
      everywhere.addURLPattern("/*");
      context.addFilterMap(everywhere);
      tomcat.start();
      int port = tomcat.getConnector().getLocalPort();
      for (String path : List.of("/shop/plain/1", "/shop/plain/leave", "/shop/plain/3")) {
        get(port, path);
      }
      pipelined(port, "/shop/plain/leave", "/shop/plain/3");
      tomcat.stop();
    }

    /** Of several requests at once the worker takes the next one before its task ends. */
    private static void pipelined(int port, String... paths) throws IOException {
      StringBuilder requests = new StringBuilder();
      for (String path : paths) {
        requests.append("GET ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
        requests.append(path.equals(paths[paths.length - 1]) ? "Connection: close\r\n" : "");
        requests.append("\r\n");
      }
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write(requests.toString().getBytes(US_ASCII));
        String responses = new String(socket.getInputStream().readAllBytes(), US_ASCII);
        for (String response : responses.substring("HTTP".length()).split("HTTP")) {
          System.out.println("piped " + response.substring(response.indexOf("\r\n\r\n") + 4));
        }
      }
      answered.countDown();
    }

    static void handOver(String expected) {
      CountDownLatch over = answered;
      WORK.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  over.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                Who.calls(CLIENT, model, expected);
              },
              POOL));
    }

    private static void get(int port, String path) throws Exception {
      HttpResponse<String> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      System.out.println(response.statusCode() + " " + response.body());
      answered.countDown();
      answered = new CountDownLatch(1);
    }
  }

  /** Hands work over, and tells whose thread it found itself on. */
  public static final class Plain extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Servers.handOver("/shop/plain/*");
      response.getWriter().print(Who.now());
    }
  }

  /** Opens a scope now and then and never closes it. */
  @SuppressWarnings("MustBeClosedChecker") // That is the point.
  public static final class Careless implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (((HttpServletRequest) request).getRequestURI().endsWith("leave")) {
        AttributionContext.with(Who.is("left by a filter"));
      }
      chain.doFilter(request, response);
    }
  }

  @Test
  void workHasTheRouteOfTheRequestThatHandedItOverAndAWorkerNothingOfTheLastOne() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Servers.class)
              .withAgent("otel.sdk.disabled=true")
              .argument(server.baseUrl(), directory.resolve("tomcat").toString())
              .run();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out().lines())
          .containsExactly(
              "204 ",
              "200 " + Who.NOBODY,
              "200 left by a filter",
              "200 " + Who.NOBODY,
              "piped left by a filter",
              "piped " + Who.NOBODY);
      assertThat(result.events())
          .hasSize(7)
          .allSatisfy(
              event ->
                  assertThat(event.path("route").asText())
                      .isEqualTo(event.path("prompt_cache_key").asText()));
      assertThat(result.events().stream().map(CarriedRoutesTest::source).distinct())
          .containsExactlyInAnyOrder("route", "none");
      assertThat(result.err()).containsOnlyOnce("has left an attribution scope open");
    }
  }

  private static String source(JsonNode event) {
    return event.path("attribution_source").path("route").asText();
  }
}
