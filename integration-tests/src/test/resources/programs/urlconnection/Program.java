import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** Calls of HttpURLConnection; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    call("sync", arguments[0], false, false);
    call("stream", arguments[0], true, false);
    call("fixed-length", arguments[0], false, true);
    call("tls", arguments[1], false, false);
    call("tls-stream", arguments[1], true, false);
    System.out.println("done");
  }

  private static void call(String customer, String base, boolean stream, boolean fixed)
      throws IOException {
    byte[] question =
        ("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]"
                + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}"))
            .getBytes(UTF_8);
    try (Scope scope =
        AttributionContext.with(
            Attribution.builder().feature("versions").customerId(customer).build())) {
      HttpURLConnection connection =
          (HttpURLConnection) new URL(base + "/chat/completions").openConnection();
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Authorization", "Bearer sk-test");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      if (fixed) {
        connection.setFixedLengthStreamingMode(question.length);
      }
      try (OutputStream out = connection.getOutputStream()) {
        out.write(question);
      }
      try (InputStream in = connection.getInputStream()) {
        String text = new String(in.readAllBytes(), UTF_8);
        if (!text.contains("gpt-4o-mini")) {
          throw new AssertionError(text);
        }
      }
    }
  }
}
