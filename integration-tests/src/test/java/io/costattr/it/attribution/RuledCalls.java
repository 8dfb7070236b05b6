package io.costattr.it.attribution;

import com.sun.net.httpserver.HttpServer;
import io.costattr.api.Attributed;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
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
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Calls the model at the URL in its argument from requests, jobs and places of every kind. */
public final class RuledCalls {
  private static final int WAIT = 60;
  static String model = "";

  private RuledCalls() {}

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    jdkServer();
    tomcat(arguments[1]);
    schedulers();
    quartz();
    Search.call();
    new Search.Inner().call();
    named();
    AttributionContext.run(
        Attribution.builder().customerId("of the api").feature("onboarding").build(),
        RuledCalls::call);
    call();
    System.exit(0);
  }

  @Attributed(feature = "named", customerId = "of the annotation")
  private static void named() {
    call();
  }

  static void call() {
    try {
      BaggageTest.Call.chat(model);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A part of the application with a team of its own. */
  static final class Search {
    private Search() {}

    // Not by way of the other call(): the nearest frame is what counts.
    static void call() throws Exception {
      BaggageTest.Call.chat(model);
    }

    static final class Inner {
      void call() throws Exception {
        BaggageTest.Call.chat(model);
      }
    }
  }

  private static void jdkServer() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jdk",
        exchange -> {
          call();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    post(port, "/jdk/hooks/crm/7", "cust:1");
    post(port, "/jdk/hooks/crm/7", "cust:1", "cust:2");
    post(port, "/jdk/orders");
    server.stop(0);
  }

  private static void tomcat(String folder) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder);
    tomcat.setSilent(true);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("/shop", folder);
    Tomcat.addServlet(context, "hooks", new Hooks()).addMapping("/hooks/*");
    tomcat.start();
    int port = tomcat.getConnector().getLocalPort();
    post(port, "/shop/hooks/crm/8", "cust:3");
    post(port, "/shop/hooks/pay/./../%63rm/9");
    post(port, "/shop/hooks/pay", "x".repeat(257));
    tomcat.stop();
  }

  /** Calls the model for any request. */
  public static final class Hooks extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      RuledCalls.call();
      response.getWriter().print("served");
    }
  }

  private static void post(int port, String path, String... customers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(HttpRequest.BodyPublishers.noBody());
    for (String customer : customers) {
      request.header("x-customer-ID", customer);
    }
    int status =
        HttpClient.newHttpClient()
            .send(request.build(), HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status >= 300) {
      throw new IllegalStateException(path + " was answered " + status);
    }
  }

  private static void schedulers() throws Exception {
    CountDownLatch done = new CountDownLatch(4);
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    executor.scheduleAtFixedRate(new Nightly(done), 0, WAIT, TimeUnit.SECONDS);
    executor.schedule(
        () -> {
          call();
          done.countDown();
        },
        0,
        TimeUnit.SECONDS);
    // Since JDK 25.
    if ((Object) ForkJoinPool.commonPool() instanceof ScheduledExecutorService pool) {
      pool.schedule(new Nightly(done), 0, TimeUnit.SECONDS);
    } else {
      executor.schedule(new Nightly(done), 0, TimeUnit.SECONDS);
    }
    Timer timer = new Timer(true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            call();
            done.countDown();
          }
        },
        0);
    if (!done.await(WAIT, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a job has not run");
    }
    executor.shutdownNow();
    timer.cancel();
  }

  /** A job by its class. */
  private record Nightly(CountDownLatch done) implements Runnable {
    @Override
    public void run() {
      call();
      done.countDown();
    }
  }

  private static final CountDownLatch QUARTZ = new CountDownLatch(1);

  private static void quartz() throws Exception {
    System.setProperty("org.quartz.threadPool.threadCount", "1");
    System.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    Scheduler scheduler = StdSchedulerFactory.getDefaultScheduler();
    scheduler.start();
    scheduler.scheduleJob(
        JobBuilder.newJob(Weekly.class).withIdentity("weekly").build(),
        TriggerBuilder.newTrigger().startNow().build());
    if (!QUARTZ.await(WAIT, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the job has not run");
    }
  }

  /** A job of Quartz's. */
  public static final class Weekly implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      call();
      QUARTZ.countDown();
    }
  }
}
