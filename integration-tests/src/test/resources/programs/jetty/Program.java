import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.server.RawHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Calls with the API that Jetty's clients 11 and 12 have; a customer for each kind of call. */
public class Program {
  private static final HttpClient CLIENT = new HttpClient();

  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    CLIENT.start();
    String answer;
    try (Scope scope = customer("sync")) {
      answer = chat(CLIENT, base, false).send().getContentAsString();
      check(answer);
    }
    try (Scope scope = customer("tls")) {
      check(chat(CLIENT, arguments[1], false).send().getContentAsString());
    }
    try (Scope scope = customer("gzip")) {
      check(
          chat(CLIENT, base, false)
              .headers(headers -> headers.put("x-loopback-coding", "gzip"))
              .send()
              .getContentAsString());
    }
    CompletableFuture<String> later = new CompletableFuture<>();
    try (Scope scope = customer("async")) {
      chat(CLIENT, base, false).send(new Later(later));
    }
    check(later.get(30, TimeUnit.SECONDS));
    later = new CompletableFuture<>();
    try (Scope scope = customer("async-stream")) {
      chat(CLIENT, base, true).send(new Later(later));
    }
    check(later.get(30, TimeUnit.SECONDS));
    InputStreamResponseListener listener = new InputStreamResponseListener();
    try (Scope scope = customer("stream")) {
      chat(CLIENT, base, true).send(listener);
    }
    listener.get(30, TimeUnit.SECONDS);
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(listener.getInputStream(), StandardCharsets.UTF_8));
    for (String line = ""; !line.equals("data: [DONE]"); ) {
      line = lines.readLine();
    }
    lines.close();
    CLIENT.stop();
    http2(answer);
    System.out.println("done");
    System.exit(0);
  }

  private static void http2(String answer) throws Exception {
    Server server = new Server();
    ServerConnector connector =
        new ServerConnector(server, new RawHTTP2ServerConnectionFactory(new Answering(answer)));
    server.addConnector(connector);
    server.start();
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
    client.start();
    try (Scope scope = customer("http2")) {
      check(
          chat(client, "http://127.0.0.1:" + connector.getLocalPort() + "/v1", false)
              .send()
              .getContentAsString());
    }
    client.stop();
    server.stop();
  }

  private static Request chat(HttpClient client, String base, boolean stream) {
    String question =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
            + " there\"}]"
            + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
    return client
        .POST(URI.create(base + "/chat/completions?api-version=1"))
        .headers(headers -> headers.put("Authorization", "Bearer sk-test"))
        .body(new StringRequestContent("application/json", question));
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

  private static final class Later extends BufferingResponseListener {
    private final CompletableFuture<String> later;

    Later(CompletableFuture<String> later) {
      this.later = later;
    }

    @Override
    public void onComplete(Result result) {
      if (result.isFailed()) {
        later.completeExceptionally(result.getFailure());
      } else {
        later.complete(getContentAsString());
      }
    }
  }

  private static final class Answering implements ServerSessionListener {
    private final String answer;

    Answering(String answer) {
      this.answer = answer;
    }

    @Override
    public Stream.Listener onNewStream(Stream stream, HeadersFrame frame) {
      HttpFields headers = HttpFields.build().put("Content-Type", "application/json");
      MetaData.Response head = new MetaData.Response(200, null, HttpVersion.HTTP_2, headers);
      ByteBuffer body = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
      stream.headers(
          new HeadersFrame(stream.getId(), head, null, false),
          Callback.from(
              () -> stream.data(new DataFrame(stream.getId(), body, true), Callback.NOOP),
              failure -> {}));
      return null;
    }
  }
}
