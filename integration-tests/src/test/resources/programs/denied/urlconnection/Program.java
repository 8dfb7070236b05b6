import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What HttpURLConnection gives to a call that is not sent. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    trio.call("buffered", base -> answer(opened(base), -1));
    trio.unread("fixed-length", base -> answer(opened(base), 0));
    trio.unread("chunked", base -> answer(opened(base), 16));
    trio.call(
        "input",
        base -> {
          HttpURLConnection connection = opened(base);
          write(connection, -1);
          try (InputStream in = connection.getInputStream()) {
            return "read " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException expected) {
            return Trio.failure(expected) + rest(connection);
          }
        });
    trio.call(
        "again",
        base -> {
          HttpURLConnection connection = opened(base);
          write(connection, -1);
          String seen = rest(connection);
          // The connection has been kept.
          HttpURLConnection second = opened(base);
          write(second, -1);
          return seen + rest(second);
        });
    System.out.println("done");
    System.exit(0);
  }

  private static HttpURLConnection opened(String base) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) new URL(base + "/chat/completions").openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Authorization", "Bearer sk-test");
    return connection;
  }

  private static void write(HttpURLConnection connection, int chunk) throws IOException {
    byte[] body = Trio.chat(false).getBytes(StandardCharsets.UTF_8);
    if (chunk == 0) {
      connection.setFixedLengthStreamingMode(body.length);
    } else if (chunk > 0) {
      connection.setChunkedStreamingMode(chunk);
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
  }

  private static String answer(HttpURLConnection connection, int chunk) throws IOException {
    write(connection, chunk);
    return rest(connection);
  }

  private static String rest(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 1; connection.getHeaderFieldKey(i) != null; i++) {
      headers.add(Map.entry(connection.getHeaderFieldKey(i), connection.getHeaderField(i)));
    }
    String seen =
        connection.getHeaderField(0)
            + connection.getResponseMessage()
            + connection.getContentLength()
            + connection.getContentType()
            + Trio.head(status, headers);
    try (InputStream error = connection.getErrorStream()) {
      return seen + new String(error.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
