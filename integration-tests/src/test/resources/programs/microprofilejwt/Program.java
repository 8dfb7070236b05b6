import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jose4j.jwt.JwtClaims;

/** Requests whose principal is a token that MicroProfile has verified. */
public class Program {
  static String model;

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(arguments[1]);
    tomcat.setSilent(true);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", arguments[1]);
    FilterDef filter = new FilterDef();
    filter.setFilterName("jwt");
    filter.setFilter(new Authenticating());
    context.addFilterDef(filter);
    FilterMap all = new FilterMap();
    all.setFilterName("jwt");
    all.addURLPattern("/*");
    context.addFilterMap(all);
    Tomcat.addServlet(context, "chat", new Chat()).addMapping("/chat");
    tomcat.start();
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/chat"))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    tomcat.stop();
    System.exit(0);
  }

  /** As a container does behind its own verification. */
  static final class Authenticating implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      JwtClaims claims = new JwtClaims();
      claims.setSubject("alice");
      claims.setClaim("upn", "alice@acme.com");
      claims.setClaim("tenant_id", "acme");
      claims.setClaim("seats", 12);
      Principal principal = new DefaultJWTCallerPrincipal(claims);
      chain.doFilter(
          new HttpServletRequestWrapper((HttpServletRequest) request) {
            @Override
            public Principal getUserPrincipal() {
              return principal;
            }
          },
          response);
    }
  }

  static final class Chat extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        chat(model);
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  static void chat(String base) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Authorization", "Bearer sk-test")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"gpt-5.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
