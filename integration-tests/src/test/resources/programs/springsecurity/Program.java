import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
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
    SignedToken.ask(port);
    chat();
    tomcat.stop();
    System.exit(0);
  }

  @Configuration
  @EnableWebMvc
  @RestController
  public static class Web {
    @GetMapping("/chat")
    public String answer() throws Exception {
      chat();
      return "";
    }

    @GetMapping("/elsewhere")
    public String elsewhere() throws Exception {
      Callable<Void> call =
          () -> {
            chat();
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
      return NimbusJwtDecoder.withSecretKey(SignedToken.key()).build();
    }
  }

  static String chat() {
    return ModelCall.make(model, "of whoever is authenticated");
  }
}
