import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.crypto.spec.SecretKeySpec;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.concurrent.DelegatingSecurityContextCallable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** A resource server whose requests carry a token, that Spring Security verifies. */
public class Program {
  static final byte[] SECRET = "a secret of thirty-two characters".getBytes();
  static String model;

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(arguments[1]);
    tomcat.setSilent(true);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", arguments[1]);
    AnnotationConfigWebApplicationContext web = new AnnotationConfigWebApplicationContext();
    web.setServletContext(context.getServletContext());
    web.register(Web.class, Security.class);
    FilterDef chain = new FilterDef();
    chain.setFilterName("springSecurityFilterChain");
    chain.setFilter(new DelegatingFilterProxy("springSecurityFilterChain", web));
    context.addFilterDef(chain);
    FilterMap all = new FilterMap();
    all.setFilterName("springSecurityFilterChain");
    all.addURLPattern("/*");
    context.addFilterMap(all);
    Wrapper servlet = Tomcat.addServlet(context, "web", new DispatcherServlet(web));
    servlet.setLoadOnStartup(1);
    servlet.addMapping("/");
    tomcat.start();
    int port = tomcat.getConnector().getLocalPort();
    System.out.println(get(port, "/chat", token(SECRET)));
    System.out.println(get(port, "/elsewhere", token(SECRET)));
    System.out.println(get(port, "/chat", token("another secret, of somebody else's".getBytes())));
    chat(model);
    tomcat.stop();
    System.exit(0);
  }

  private static String token(byte[] secret) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .subject("alice")
                .claim("tenant_id", "acme")
                .claim("https://acme.com/plan", "ent")
                .claim("realm", Map.of("name", "eu"))
                .build());
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  private static int get(int port, String path, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Configuration
  @EnableWebMvc
  @RestController
  public static class Web {
    @GetMapping("/chat")
    public String answer() throws Exception {
      chat(model);
      return "";
    }

    @GetMapping("/elsewhere")
    public String elsewhere() throws Exception {
      Callable<Void> call =
          () -> {
            chat(model);
            return null;
          };
      FutureTask<Void> task = new FutureTask<>(new DelegatingSecurityContextCallable<>(call));
      new Thread(task).start();
      task.get();
      return "";
    }
  }

  @Configuration
  @EnableWebSecurity
  public static class Security {
    @Bean
    public SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
          .build();
    }

    @Bean
    public JwtDecoder decoder() {
      return NimbusJwtDecoder.withSecretKey(new SecretKeySpec(SECRET, "HmacSHA256")).build();
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
