import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Hand-written calls of RestClient and RestTemplate on clients of others; a customer for each. */
public class Program {
  private static final String QUESTION =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

  public static void main(String[] arguments) throws Exception {
    try (Scope scope = customer("client-jdk")) {
      client(new JdkClientHttpRequestFactory(), arguments[0]);
    }
    // gzip-jdk:
    try (Scope scope = customer("gzip-jdk")) {
      JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
      factory.enableCompression(true);
      client(factory, arguments[0], "gzip");
    }
    // end
    try (Scope scope = customer("client-apache")) {
      client(new HttpComponentsClientHttpRequestFactory(), arguments[0]);
    }
    try (Scope scope = customer("template-jdk")) {
      template(new JdkClientHttpRequestFactory(), arguments[0]);
    }
    try (Scope scope = customer("template-apache")) {
      template(new HttpComponentsClientHttpRequestFactory(), arguments[0]);
    }
    System.out.println("done");
    System.exit(0);
  }

  private static void client(ClientHttpRequestFactory factory, String base) {
    client(factory, base, "identity");
  }

  private static void client(ClientHttpRequestFactory factory, String base, String coding) {
    check(
        RestClient.builder()
            .requestFactory(factory)
            .baseUrl(base)
            .build()
            .post()
            .uri("/chat/completions")
            .header("Authorization", "Bearer sk-test")
            .header("x-loopback-coding", coding)
            .contentType(MediaType.APPLICATION_JSON)
            .body(QUESTION)
            .retrieve()
            .body(String.class));
  }

  private static void template(ClientHttpRequestFactory factory, String base) {
    HttpHeaders headers = new HttpHeaders();
    headers.setBearerAuth("sk-test");
    headers.setContentType(MediaType.APPLICATION_JSON);
    check(
        new RestTemplate(factory)
            .postForObject(
                base + "/chat/completions", new HttpEntity<>(QUESTION, headers), String.class));
  }

  private static void check(String answer) {
    if (!answer.contains("gpt-4o-mini")) {
      throw new AssertionError(answer);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
