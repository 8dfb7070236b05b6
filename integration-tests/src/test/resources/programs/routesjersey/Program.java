import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ManagedAsync;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * Resources on the JDK's server and in a servlet. Every call says which route and which customer it
 * expects to be; work for other threads has the route alone.
 */
public final class Program {
  private static final int ROUNDS = 4;
  private static final List<String> SYNCHRONOUS =
      List.of("/", "/orders/4711", "/orders/4711/items/8");
  private static final List<String> ASYNCHRONOUS =
      List.of("/orders/later/8", "/orders/staged/8", "/orders/managed/8");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
  private static String model = "";
  private static String base = "";

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    base = "/api";
    HttpServer server =
        JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/api/"), config());
    // It cannot wait for what comes later.
    ask(server.getAddress().getPort(), SYNCHRONOUS);
    server.stop(0);
    base = "/shop/api";
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir("tomcat");
    tomcat.setSilent(true);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("/shop", new java.io.File(".").getAbsolutePath());
    Wrapper wrapper = Tomcat.addServlet(context, "jersey", new ServletContainer(config()));
    wrapper.addMapping("/api/*");
    wrapper.setAsyncSupported(true);
    tomcat.start();
    ask(tomcat.getConnector().getLocalPort(), SYNCHRONOUS);
    ask(tomcat.getConnector().getLocalPort(), ASYNCHRONOUS);
    tomcat.stop();
    System.out.println("done");
    System.exit(0);
  }

  private static ResourceConfig config() {
    return new ResourceConfig(Orders.class, Root.class, Authenticated.class);
  }

  private static void ask(int port, List<String> paths) throws Exception {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (String path : paths) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + base + path))
                .header("x-customer", "cust-" + i)
                .build();
        all.add(
            CLIENT
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenAccept(
                    response -> {
                      if (response.statusCode() != 200) {
                        System.out.println(path + " was answered " + response.statusCode());
                      }
                    }));
        if (i == 0) {
          // Work of a kind that a pool has not had yet carries nothing when it is given at once.
          all.get(all.size() - 1).get(60, TimeUnit.SECONDS);
        }
      }
    }
    for (CompletableFuture<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
  }

  @Path("/")
  public static class Root {
    @GET
    public String root(@HeaderParam("x-customer") String customer) {
      return call(base + "|" + customer);
    }
  }

  @Path("orders")
  public static class Orders {
    @GET
    @Path("{order}")
    public String order(@HeaderParam("x-customer") String customer) {
      return call(base + "/orders/{order}|" + customer);
    }

    @Path("{order}/items/")
    public Items items() {
      return new Items();
    }

    @GET
    @Path("later/{id}")
    public void later(@Suspended AsyncResponse response) {
      POOL.execute(() -> response.resume(call(base + "/orders/later/{id}|(unattributed)")));
    }

    @GET
    @Path("staged/{id}")
    public CompletionStage<String> staged() {
      return CompletableFuture.supplyAsync(
          () -> call(base + "/orders/staged/{id}|(unattributed)"), POOL);
    }

    @GET
    @Path("managed/{id}")
    @ManagedAsync
    public void managed(@Suspended AsyncResponse response) {
      response.resume(call(base + "/orders/managed/{id}|(unattributed)"));
    }
  }

  public static class Items {
    @GET
    @Path("/{item: [0-9]+}")
    public String item(@HeaderParam("x-customer") String customer) {
      return call(base + "/orders/{order}/items/{item: [0-9]+}|" + customer);
    }
  }

  /** The framework's word of who asks. */
  public static class Authenticated implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext context) {
      SecurityContext before = context.getSecurityContext();
      context.setSecurityContext(
          new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
              return () -> "alice";
            }

            @Override
            public boolean isUserInRole(String role) {
              return before.isUserInRole(role);
            }

            @Override
            public boolean isSecure() {
              return before.isSecure();
            }

            @Override
            public String getAuthenticationScheme() {
              return before.getAuthenticationScheme();
            }
          });
    }
  }

  private static String call(String expected) {
    ModelCall.make(model, expected);
    return "served";
  }
}
