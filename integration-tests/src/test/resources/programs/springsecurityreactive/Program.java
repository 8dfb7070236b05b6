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
import javax.crypto.spec.SecretKeySpec;
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
  static final byte[] SECRET = "a secret of thirty-two characters".getBytes();
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
    System.out.println(get(server.port(), "/chat", token(SECRET)));
    System.out.println(get(server.port(), "/elsewhere", token(SECRET)));
    System.out.println(
        get(server.port(), "/chat", token("another secret, of somebody else's".getBytes())));
    chat(model);
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
  @EnableWebFlux
  @RestController
  public static class Web {
    @GetMapping("/chat")
    public Mono<String> answer() {
      return Mono.fromCallable(() -> chat(model));
    }

    @GetMapping("/elsewhere")
    public Mono<String> elsewhere() {
      return Mono.fromCallable(() -> chat(model)).subscribeOn(Schedulers.boundedElastic());
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
      return NimbusReactiveJwtDecoder.withSecretKey(new SecretKeySpec(SECRET, "HmacSHA256"))
          .build();
    }
  }

  static String chat(String base) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Authorization", "Bearer sk-test")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"gpt-5.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
