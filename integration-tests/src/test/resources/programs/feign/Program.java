import feign.Feign;
import feign.Headers;
import feign.RequestLine;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;

/** A hand-written interface on each of Feign's clients; a customer for each. */
public class Program {
  private static final String QUESTION =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

  interface Chat {
    @RequestLine("POST /chat/completions")
    @Headers({"Content-Type: application/json", "Authorization: Bearer sk-test"})
    String complete(String question);
  }

  public static void main(String[] arguments) throws Exception {
    try (Scope scope = customer("okhttp")) {
      call(new feign.okhttp.OkHttpClient(), arguments[0]);
    }
    try (Scope scope = customer("apache")) {
      call(new feign.hc5.ApacheHttp5Client(), arguments[0]);
    }
    try (Scope scope = customer("jdk")) {
      call(new feign.http2client.Http2Client(), arguments[0]);
    }
    System.out.println("done");
    System.exit(0);
  }

  private static void call(feign.Client client, String base) {
    String answer = Feign.builder().client(client).target(Chat.class, base).complete(QUESTION);
    if (!answer.contains("gpt-4o-mini")) {
      throw new AssertionError(answer);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
