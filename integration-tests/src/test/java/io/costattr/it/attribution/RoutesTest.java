package io.costattr.it.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The route of a call is that of the request that is served, or of the job that runs. */
class RoutesTest {
  private static final Attribution OF_TEAM = Attribution.builder().team("later").build();

  @TempDir Path directory;

  /** Serves requests and runs jobs that call the model at the URL in its argument. */
  public static final class Servers {
    static String model = "";
    static final CountDownLatch JOBS = new CountDownLatch(2);
    static final ExecutorService POOL = Executors.newSingleThreadExecutor();

    public static void main(String[] arguments) throws Exception {
      model = arguments[0];
      jdkServer();
      tomcat(arguments[1]);
      spring();
      quartz();
      if (!JOBS.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no job has run");
      }
      BaggageTest.Call.chat(model);
      System.exit(0);
    }

    private static void jdkServer() throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/jdk/orders",
          exchange -> {
            call();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
      get(server.getAddress().getPort(), "/jdk/orders/4711");
      server.stop(0);
    }

    private static void tomcat(String folder) throws Exception {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(folder);
      tomcat.setSilent(true);
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      Context context = tomcat.addContext("/shop", folder);
      Wrapper plain = Tomcat.addServlet(context, "plain", new Plain());
      plain.addMapping("/plain/*");
      plain.addMapping("*.do");
      AnnotationConfigWebApplicationContext web = new AnnotationConfigWebApplicationContext();
      web.register(Web.class);
      Wrapper rootServlet = Tomcat.addServlet(context, "root", new DispatcherServlet(web));
      rootServlet.setLoadOnStartup(1);
      rootServlet.setAsyncSupported(true);
      rootServlet.addMapping("/");
      AnnotationConfigWebApplicationContext below = new AnnotationConfigWebApplicationContext();
      below.register(Web.class);
      Wrapper belowServlet = Tomcat.addServlet(context, "below", new DispatcherServlet(below));
      belowServlet.setLoadOnStartup(1);
      belowServlet.addMapping("/below/*");
      tomcat.start();
      int port = tomcat.getConnector().getLocalPort();
      for (String path :
          List.of(
              "/shop/plain/4711",
              "/shop/pay.do",
              "/shop/orders/4711/items/8",
              "/shop/below/orders/4711/items/8",
              "/shop/said/4711",
              "/shop/callable/4711",
              "/shop/deferred/4711",
              "/shop/staged/4711")) {
        get(port, path);
      }
      tomcat.stop();
    }

    private static void spring() {
      new AnnotationConfigApplicationContext(Scheduling.class);
    }

    private static void quartz() throws Exception {
      System.setProperty("org.quartz.threadPool.threadCount", "1");
      System.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
      Scheduler scheduler = StdSchedulerFactory.getDefaultScheduler();
      scheduler.start();
      scheduler.scheduleJob(
          JobBuilder.newJob(Nightly.class).withIdentity("nightly-summarize", "reports").build(),
          TriggerBuilder.newTrigger()
              .startNow()
              .withSchedule(SimpleScheduleBuilder.simpleSchedule().withRepeatCount(0))
              .build());
    }

    static void call() {
      try {
        BaggageTest.Call.chat(model);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private static void get(int port, String path) throws Exception {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      int status =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode();
      if (status >= 300) {
        throw new IllegalStateException(path + " was answered " + status);
      }
    }
  }

  /** A servlet without any framework. */
  public static final class Plain extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Servers.call();
      response.getWriter().print("served");
    }
  }

  /** Handlers of Spring MVC. */
  @Configuration
  @EnableWebMvc
  @RestController
  public static class Web {
    @Bean
    public Later later() {
      return new Later();
    }

    @GetMapping("/orders/{order}/items/{item}")
    public String item(@PathVariable("order") String order, @PathVariable("item") String item) {
      Servers.call();
      return order + item;
    }

    @GetMapping("/said/{id}")
    public String said(@PathVariable("id") String id) {
      AttributionContext.run(Attribution.builder().route("/mine").build(), Servers::call);
      return id;
    }
  }

  /** Handlers whose results come later, from other threads. */
  @RestController
  public static class Later {
    @GetMapping("/callable/{id}")
    public Callable<String> callable(@PathVariable("id") String id) {
      return () -> {
        Servers.call();
        return id;
      };
    }

    @GetMapping("/deferred/{id}")
    public DeferredResult<String> deferred(@PathVariable("id") String id) {
      DeferredResult<String> result = new DeferredResult<>();
      AttributionContext.run(
          OF_TEAM,
          () ->
              Servers.POOL.execute(
                  () -> {
                    Servers.call();
                    result.setResult(id);
                  }));
      return result;
    }

    @GetMapping("/staged/{id}")
    public CompletableFuture<String> staged(@PathVariable("id") String id) throws Exception {
      return AttributionContext.call(
          OF_TEAM,
          () ->
              CompletableFuture.supplyAsync(() -> id, Servers.POOL)
                  .thenApplyAsync(
                      same -> {
                        Servers.call();
                        return same;
                      },
                      Servers.POOL));
    }
  }

  /** A job of Spring's. */
  @Configuration
  @EnableScheduling
  public static class Scheduling {
    @Bean
    public Reports reports() {
      return new Reports();
    }
  }

  /** Runs once. */
  public static class Reports {
    private boolean done;

    @Scheduled(fixedDelay = 1_000_000, initialDelay = 0)
    public void weekly() {
      if (!done) {
        done = true;
        Servers.call();
        Servers.JOBS.countDown();
      }
    }
  }

  /** A job of Quartz's. */
  public static final class Nightly implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      Servers.call();
      Servers.JOBS.countDown();
    }
  }

  @Test
  void theRouteIsTheTemplateNotThePathAndThatOfAJobItsName() throws Exception {
    assertThat(routes("otel.sdk.disabled=true"))
        .containsExactlyInAnyOrder(
            "/jdk/orders/route",
            "/shop/plain/*/route",
            "/shop/*.do/route",
            "/shop/orders/{order}/items/{item}/route",
            "/shop/below/orders/{order}/items/{item}/route",
            "/mine/api",
            "/shop/callable/{id}/route",
            "/shop/deferred/{id}/route later",
            "/shop/staged/{id}/route later",
            "cron:Reports.weekly/job",
            "cron:nightly-summarize/job",
            "(unattributed)/none");
  }

  @Test
  void bothCanBeSwitchedOff() throws Exception {
    assertThat(routes("otel.sdk.disabled=true", "route.requests=false", "route.jobs=false"))
        .hasSize(12)
        .containsOnly("(unattributed)/none", "(unattributed)/none later", "/mine/api");
  }

  private List<String> routes(String... settings) throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Servers.class)
              .withAgent(settings)
              .argument(server.baseUrl(), directory.resolve("tomcat").toString())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("internal fault").doesNotContain("is not one");
      List<String> routes = new ArrayList<>();
      for (JsonNode event : result.events()) {
        routes.add(
            event.path("route").asText()
                + "/"
                + event.path("attribution_source").path("route").asText()
                + (event.path("team").asText().equals("later") ? " later" : ""));
      }
      return routes;
    }
  }
}
