import io.undertow.Undertow;
import io.undertow.server.handlers.ProxyPeerAddressHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    LyingCaller.ask(jetty());
    LyingCaller.ask(undertow());
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

  public static final class Chat extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      ModelCall.make(model, "peers");
      response.getWriter().print("<" + request.getRemoteAddr() + ">");
    }
  }
}
