import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher;

/** Resources in a servlet, as Jersey's. */
public final class Program {
  private static final int ROUNDS = 4;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
  private static String model = "";

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir("tomcat");
    tomcat.setSilent(true);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("/shop", new java.io.File(".").getAbsolutePath());
    Wrapper wrapper = Tomcat.addServlet(context, "resteasy", new HttpServletDispatcher());
    wrapper.addInitParameter("resteasy.resources", Orders.class.getName());
    wrapper.addInitParameter("resteasy.servlet.mapping.prefix", "/api");
    wrapper.addMapping("/api/*");
    wrapper.setAsyncSupported(true);
    tomcat.start();
    int port = tomcat.getConnector().getLocalPort();
    for (int i = 0; i < ROUNDS; i++) {
      for (String path :
          List.of("/orders", "/orders/4711", "/orders/4711/items/8", "/orders/later/8")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/shop/api" + path))
                .header("x-customer", "cust-" + i)
                .build();
        int status = CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        if (status != 200) {
          System.out.println(path + " was answered " + status);
        }
      }
    }
    tomcat.stop();
    System.out.println("done");
    System.exit(0);
  }

  @Path("orders")
  public static class Orders {
    @GET
    public String all(@HeaderParam("x-customer") String customer) {
      return call("/shop/api/orders|" + customer);
    }

    @GET
    @Path("{order}")
    public String order(@HeaderParam("x-customer") String customer) {
      return call("/shop/api/orders/{order}|" + customer);
    }

    @Path("{order}/items")
    public Items items() {
      return new Items();
    }

    @GET
    @Path("later/{id}")
    public String later() throws Exception {
      return CompletableFuture.supplyAsync(
              () -> call("/shop/api/orders/later/{id}|(unattributed)"), POOL)
          .get();
    }
  }

  public static class Items {
    @GET
    @Path("{item: [0-9]+}")
    public String item(@HeaderParam("x-customer") String customer) {
      return call("/shop/api/orders/{order}/items/{item: [0-9]+}|" + customer);
    }
  }

  private static String call(String expected) {
    ModelCall.make(model, expected);
    return "served";
  }
}
