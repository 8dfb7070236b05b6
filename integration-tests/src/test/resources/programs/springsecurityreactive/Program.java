import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A reactive resource server whose requests carry a token, that Spring Security verifies. */
public class Program {
  static String model;

  public static void main(String[] arguments) throws Exception {
    model = arguments[0];
    AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(Web.class, Security.class);
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(
                new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.applicationContext(context).build()))
            .bindNow();
    SignedToken.ask(server.port());
    chat();
    System.exit(0);
  }

  @Configuration
  @EnableWebFlux
  @RestController
  public static class Web {
    @GetMapping("/chat")
    public Mono<String> answer() {
      return Mono.fromCallable(Program::chat);
    }

    @GetMapping("/elsewhere")
    public Mono<String> elsewhere() {
      return Mono.fromCallable(Program::chat).subscribeOn(Schedulers.boundedElastic());
    }
  }

  @Configuration
  @EnableWebFluxSecurity
  public static class Security {
    @Bean
    public SecurityWebFilterChain chain(ServerHttpSecurity http) {
      return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
          .build();
    }

    @Bean
    public ReactiveJwtDecoder decoder() {
      return NimbusReactiveJwtDecoder.withSecretKey(SignedToken.key()).build();
    }
  }

  static String chat() {
    return ModelCall.make(model, "of whoever is authenticated");
  }
}
