import io.undertow.Undertow;
import io.undertow.server.handlers.ProxyPeerAddressHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
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
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Servlets of containers that take for the peer what a header says. */
public class Program {
  static String model;

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    both(jetty());
    both(undertow());
    System.exit(0);
  }

  private static int jetty() throws Exception {
    Server server = new Server();
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new ForwardedRequestCustomizer());
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(Chat.class, "/chat");
    server.setHandler(context);
    server.start();
    return connector.getLocalPort();
  }

  private static int undertow() throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(Program.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("chat")
            .addServlet(Servlets.servlet("chat", Chat.class).addMapping("/chat"));
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new ProxyPeerAddressHandler(manager.start()))
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  private static void both(int port) throws IOException {
    get(port, "127.0.0.2", "costattr.customer.id=cust_1");
    get(port, "127.0.0.1", "costattr.customer.id=spoofed");
  }

  /** Asks from that address, and says to be somebody else. */
  private static void get(int port, String from, String baggage) throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (Socket socket = new Socket(loopback, port, InetAddress.getByName(from), 0)) {
      String head =
          "GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: "
              + (from.equals("127.0.0.1") ? "127.0.0.2" : "127.0.0.1")
              + "\r\nbaggage: "
              + baggage
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      System.out.println(from + " is taken for " + answer.replaceAll("(?s).*<(.*)>.*", "$1"));
    }
  }

  public static final class Chat extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      HttpRequest embed =
          HttpRequest.newBuilder(URI.create(model + "/embeddings"))
              .header("Authorization", "Bearer sk-test")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"model\":\"text-embedding-3-small\",\"input\":\"two words\"}"))
              .build();
      try {
        HttpClient.newHttpClient().send(embed, HttpResponse.BodyHandlers.discarding());
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      response.getWriter().print("<" + request.getRemoteAddr() + ">");
    }
  }
}
