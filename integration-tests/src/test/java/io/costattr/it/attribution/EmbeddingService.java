package io.costattr.it.attribution;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;

/**
 * A service that other services share: it embeds texts, and knows nothing of who asks. Its answer
 * is what the model costs; who pays is in the baggage of the request.
 */
public final class EmbeddingService {
  private final String model;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private EmbeddingService(String model) {
    this.model = model;
  }

  /**
   * @param arguments the model's base URL, a directory to work in, and the port of whoever wants to
   *     be told on which ports it serves
   */
  public static void main(String[] arguments) throws Exception {
    EmbeddingService service = new EmbeddingService(arguments[0]);
    Path directory = Path.of(arguments[1]);
    Tomcat tomcat = service.tomcat(directory);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/embed", exchange -> service.answer(exchange, service::embed));
    server.createContext(
        "/embed/later",
        exchange -> service.answer(exchange, () -> service.pool.submit(service::embedded).get()));
    server.createContext(
        "/embed/mine",
        exchange ->
            service.answer(
                exchange,
                () ->
                    AttributionContext.call(
                        Attribution.builder().team("embedding").build(), service::embedded)));
    server.createContext("/stop", exchange -> service.answer(exchange, service.stopped::countDown));
    server.start();
    try (Socket ready = new Socket("127.0.0.1", Integer.parseInt(arguments[2]));
        DataOutputStream out = new DataOutputStream(ready.getOutputStream())) {
      out.writeInt(server.getAddress().getPort());
      out.writeInt(tomcat.getConnector().getLocalPort());
    }
    service.stopped.await();
    System.exit(0);
  }

  /** Behind a proxy, whose headers say where requests come from. */
  private Tomcat tomcat(Path directory) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setSilent(true);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", directory.toString());
    RemoteIpValve proxy = new RemoteIpValve();
    context.getPipeline().addValve(proxy);
    Tomcat.addServlet(context, "embed", new Embed(this)).addMapping("/embed");
    tomcat.start();
    return tomcat;
  }

  private static final class Embed extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient EmbeddingService service;

    Embed(EmbeddingService service) {
      this.service = service;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        service.embed();
      } catch (Exception e) {
        throw new IOException(e);
      }
      response.getWriter().print(request.getRemoteAddr());
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private void answer(HttpExchange exchange, Work work) throws IOException {
    try {
      work.run();
      exchange.sendResponseHeaders(204, -1);
    } catch (Exception e) {
      e.printStackTrace();
      exchange.sendResponseHeaders(500, -1);
    }
    exchange.close();
  }

  private Void embedded() throws Exception {
    embed();
    return null;
  }

  private void embed() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(model + "/embeddings"))
            .header("Authorization", "Bearer sk-test")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"text-embedding-3-small\",\"input\":\"two words\"}"))
            .build();
    HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
    if (response.statusCode() != 200) {
      throw new IOException("the model answered " + response.statusCode());
    }
  }
}
