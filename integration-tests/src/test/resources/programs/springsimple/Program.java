import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.RestTemplate;

/** Calls through RestTemplate on the JDK's own connections; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    RestTemplate template = new RestTemplate(new SimpleClientHttpRequestFactory());
    template.setMessageConverters(Collections.singletonList(new StringHttpMessageConverter()));
    String path = "/chat/completions?api-version=1";
    try (Scope scope = customer("sync")) {
      check(template.postForObject(arguments[0] + path, question(false, null), String.class));
    }
    try (Scope scope = customer("tls")) {
      check(template.postForObject(arguments[1] + path, question(false, null), String.class));
    }
    try (Scope scope = customer("streamed")) {
      HttpEntity<String> question = question(true, null);
      template.execute(
          arguments[0] + path,
          HttpMethod.POST,
          template.httpEntityCallback(question),
          response -> {
            BufferedReader lines =
                new BufferedReader(
                    new InputStreamReader(response.getBody(), StandardCharsets.UTF_8));
            for (String line = ""; !line.equals("data: [DONE]"); ) {
              line = lines.readLine();
            }
            return null;
          });
    }
    try (Scope scope = customer("refused")) {
      template.postForObject(arguments[0] + path, question(false, "429"), String.class);
      throw new AssertionError("not refused");
    } catch (RestClientResponseException refused) {
      check(refused.getResponseBodyAsString().replace("error", "gpt-4o-mini"));
    }
    System.out.println("done");
  }

  private static HttpEntity<String> question(boolean stream, String fault) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_JSON);
    headers.set("Authorization", "Bearer sk-test");
    if (fault != null) {
      headers.set("x-loopback-fault", fault);
    }
    return new HttpEntity<>(
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
            + " there\"}]"
            + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}"),
        headers);
  }

  private static void check(String text) {
    if (!text.contains("gpt-4o-mini")) {
      throw new AssertionError(text);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
