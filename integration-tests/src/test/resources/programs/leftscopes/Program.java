import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Containers, one worker each, with a filter that opens a scope and never closes it. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    ask("jetty", jetty());
    ask("undertow", undertow());
    System.exit(0);
  }

  private static int jetty() throws Exception {
    Server server = new Server(new org.eclipse.jetty.util.thread.QueuedThreadPool(4, 4));
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addFilter(Careless.class, "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(Whose.class, "/*");
    server.setHandler(context);
    server.start();
    return connector.getLocalPort();
  }

  private static int undertow() throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(Program.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("whose")
            .addFilter(Servlets.filter("careless", Careless.class))
            .addFilterUrlMapping("careless", "/*", DispatcherType.REQUEST)
            .addServlet(Servlets.servlet("whose", Whose.class).addMapping("/*"));
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(manager.start())
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** One after the other on a connection each, and all at once on one. */
  private static void ask(String server, int port) throws IOException {
    for (String path : new String[] {"/leave", "/next"}) {
      System.out.println(server + path + send(port, request(path, true)));
    }
    System.out.println(
        server + " at once" + send(port, request("/leave", false) + request("/next", true)));
  }

  private static String request(String path, boolean last) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + (last ? "Connection: close\r\n\r\n" : "\r\n");
  }

  /** Whose each of them was. */
  private static String send(int port, String requests) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answers.replaceAll("(?s)HTTP/1.1 200.*?<(.*?)>", " $1");
    }
  }

  public static final class Careless implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (((HttpServletRequest) request).getRequestURI().equals("/leave")) {
        AttributionContext.with(Attribution.builder().customerId("left").build());
      }
      chain.doFilter(request, response);
    }
  }

  public static final class Whose extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("<" + AttributionContext.current().customerId() + ">");
    }
  }
}
