import feign.Feign;
import feign.FeignException;
import feign.Headers;
import feign.RequestLine;
import feign.Response;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Calls through Feign as it comes; a customer for each kind of call. */
public class Program {
  /** A model as an interface of the application's. */
  interface Model {
    @RequestLine("POST /chat/completions")
    @Headers({"Content-Type: application/json", "Authorization: Bearer sk-test"})
    String chat(String question);

    @RequestLine("POST /chat/completions")
    @Headers({"Content-Type: application/json", "Authorization: Bearer sk-test"})
    Response stream(String question);

    @RequestLine("POST /chat/completions")
    @Headers({
      "Content-Type: application/json",
      "Authorization: Bearer sk-test",
      "x-loopback-fault: 429"
    })
    String refused(String question);
  }

  public static void main(String[] arguments) throws Exception {
    Model model = Feign.builder().target(Model.class, arguments[0]);
    try (Scope scope = customer("sync")) {
      check(model.chat(question(false)));
    }
    try (Scope scope = customer("tls")) {
      check(Feign.builder().target(Model.class, arguments[1]).chat(question(false)));
    }
    try (Scope scope = customer("stream")) {
      Response response = model.stream(question(true));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(response.body().asInputStream(), StandardCharsets.UTF_8));
      for (String line = ""; !line.equals("data: [DONE]"); ) {
        line = lines.readLine();
      }
      response.close();
    }
    try (Scope scope = customer("refused")) {
      model.refused(question(false));
      throw new AssertionError("not refused");
    } catch (FeignException refused) {
      if (!refused.getMessage().contains("429")) {
        throw refused;
      }
    }
    System.out.println("done");
  }

  private static String question(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
        + " there\"}]"
        + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
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
