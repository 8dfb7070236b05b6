package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.api.Attributed;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web applications with their own, child-first copies of OkHttp and of the API. */
class WebApplicationTest {
  @TempDir Path directory;

  /** A servlet that calls the model for the web application it is in. */
  public static final class CallingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    @Attributed(tags = "servlet=#args[0].servletPath")
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String application = request.getContextPath().substring(1);
      try (Scope scope =
          AttributionContext.with(
              Attribution.builder()
                  .feature(application)
                  .route("/call")
                  .customerId("customer-of-" + application)
                  .team("web")
                  .environment("test")
                  .build())) {
        if (application.equals("second")) {
          // OkHttp's idle threads keep its loader for a minute, with or without an agent.
          Calls.okHttp(request.getParameter("url"));
        }
        Calls.jdk(request.getParameter("url"));
      } catch (Exception e) {
        throw new IOException(e);
      }
      response.getWriter().print(AttributionContext.class.getClassLoader().getClass().getName());
    }
  }

  /** Tomcat with two web applications; one of them is undeployed at the end. */
  public static final class Server {
    public static void main(String[] arguments) throws Exception {
      Path base = Path.of(arguments[1]);
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(base.toString());
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      Context first = deploy(tomcat, base, "first");
      Context second = deploy(tomcat, base, "second");
      tomcat.start();
      int port = tomcat.getConnector().getLocalPort();
      for (int i = 0; i < 3; i++) {
        System.out.println(call(port, "first", arguments[0]));
        System.out.println(call(port, "second", arguments[0]));
      }
      ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
      WeakReference<ClassLoader> loader =
          new WeakReference<>(first.getLoader().getClassLoader(), collected);
      tomcat.getHost().removeChild(first);
      first.destroy();
      first = null;
      boolean gone = false;
      for (int i = 0; i < 60 && !gone; i++) {
        System.gc();
        gone = collected.remove(500) != null;
      }
      System.out.println(gone ? "collected" : "kept: " + loader.get());
      System.out.println(call(port, "second", arguments[0]));
      System.out.println(second.getState());
      tomcat.stop();
      System.exit(0);
    }

    private static Context deploy(Tomcat tomcat, Path base, String name) throws IOException {
      Path root = Files.createDirectories(base.resolve(name));
      Path classes = Files.createDirectories(root.resolve("WEB-INF/classes"));
      Path libraries = Files.createDirectories(root.resolve("WEB-INF/lib"));
      for (Class<?> type : List.of(CallingServlet.class, Calls.class)) {
        String file = type.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(file).getParent());
        try (var in = type.getClassLoader().getResourceAsStream(file)) {
          Files.copy(in, classes.resolve(file));
        }
      }
      for (String library : List.of("okhttp3.OkHttpClient", "okio.Buffer", "kotlin.Unit")) {
        copy(location(library), libraries);
      }
      copyApi(location("io.costattr.api.Attribution"), classes, libraries);
      Context context = tomcat.addWebapp("/" + name, root.toString());
      Tomcat.addServlet(context, "calling", CallingServlet.class.getName()).addMapping("/call");
      return context;
    }

    private static Path location(String type) {
      try {
        return Path.of(
            Class.forName(type, false, Server.class.getClassLoader())
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
      } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void copy(Path jar, Path into) throws IOException {
      Files.copy(jar, into.resolve(jar.getFileName().toString()));
    }

    /** In a build of all modules the API is a folder of classes. */
    private static void copyApi(Path api, Path classes, Path libraries) throws IOException {
      if (!Files.isDirectory(api)) {
        copy(api, libraries);
        return;
      }
      try (var files = Files.walk(api.resolve("io"))) {
        for (Path file : files.toList()) {
          Path target = classes.resolve(api.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else {
            Files.copy(file, target);
          }
        }
      }
    }

    private static String call(int port, String application, String url) throws Exception {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:" + port + "/" + application + "/call?url=" + url))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body().lines().findFirst().orElse("");
    }
  }

  @Test
  void eachIsAttributedByItsOwnCopyAndNoneIsKeptAliveByTheAgent() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Server.class)
              .withAgent()
              .argument(server.baseUrl(), directory.resolve("tomcat").toString())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out().lines())
          .as(result.err())
          .filteredOn(line -> line.startsWith("200 "))
          .hasSize(7)
          .allMatch(line -> line.contains("WebappClassLoader"));
      assertThat(result.out()).as(result.err()).contains("collected");
      assertThat(result.events()).hasSize(11);
      assertThat(result.events())
          .allMatch(
              event ->
                  event
                      .path("customer_id")
                      .asText()
                      .equals("customer-of-" + event.path("feature").asText()));
      assertThat(result.events())
          .allMatch(event -> event.path("tags").path("servlet").asText().equals("/call"));
      assertThat(result.eachEvents("feature").stream().filter("first"::equals)).hasSize(3);
    }
  }
}
