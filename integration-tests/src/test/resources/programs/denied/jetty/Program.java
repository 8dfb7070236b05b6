import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.OutputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What Jetty's client gives to a call that is not sent. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    HttpClient client = new HttpClient();
    client.start();
    trio.call("sync", base -> read(chat(client, base, false).send()));
    trio.call("async", base -> buffered(chat(client, base, false)).get(20, TimeUnit.SECONDS));
    trio.call("stream", base -> streamed(chat(client, base, true)));
    trio.call("listeners", base -> listened(chat(client, base, false)));
    trio.unread(
        "output-stream",
        base -> {
          OutputStreamRequestContent body = new OutputStreamRequestContent();
          Request request = post(client, base).body(body);
          CompletableFuture<String> later = buffered(request);
          try (OutputStream out = body.getOutputStream()) {
            out.write(Trio.chat(false).getBytes(StandardCharsets.UTF_8));
          } catch (java.io.IOException left) {
            // Nobody takes it any more.
          }
          return later.get(20, TimeUnit.SECONDS);
        });
    trio.call(
        "again",
        base -> read(chat(client, base, false).send()) + read(chat(client, base, false).send()));
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(new SslContextFactory.Client(true));
    HttpClient second =
        new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client(connector)));
    second.start();
    trio.http2("http2", base -> read(chat(second, base, false).send()));
    trio.http2("http2-stream", base -> streamed(chat(second, base, true)));
    System.out.println("done");
    System.exit(0);
  }

  private static Request post(HttpClient client, String base) {
    return client
        .newRequest(base + "/chat/completions")
        .method("POST")
        .headers(headers -> headers.put("Authorization", "Bearer sk-test"));
  }

  private static Request chat(HttpClient client, String base, boolean stream) {
    return post(client, base).body(new StringRequestContent("application/json", Trio.chat(stream)));
  }

  private static String head(Response response) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (HttpField field : response.getHeaders()) {
      headers.add(Map.entry(field.getName(), field.getValue()));
    }
    return Trio.head(response.getStatus(), headers)
        + response.getVersion()
        + response.getRequest().getURI();
  }

  private static String read(ContentResponse response) {
    return head(response)
        + response.getMediaType()
        + response.getEncoding()
        + response.getContentAsString();
  }

  private static CompletableFuture<String> buffered(Request request) {
    CompletableFuture<String> later = new CompletableFuture<>();
    request.send(
        new BufferingResponseListener() {
          @Override
          public void onComplete(Result result) {
            if (result.getResponseFailure() != null) {
              later.completeExceptionally(result.getResponseFailure());
            } else {
              later.complete(head(result.getResponse()) + getMediaType() + getContentAsString());
            }
          }
        });
    return later;
  }

  private static String streamed(Request request) throws Exception {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    request.send(listener);
    Response response = listener.get(20, TimeUnit.SECONDS);
    StringBuilder seen = new StringBuilder(head(response));
    try (InputStream in = listener.getInputStream()) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        seen.append((char) b);
      }
    }
    Result result = listener.await(20, TimeUnit.SECONDS);
    return seen.append(result.isSucceeded()).toString();
  }

  /** Everybody is told, in the order in which a connection tells. */
  private static String listened(Request request) throws Exception {
    StringBuffer seen = new StringBuffer();
    CompletableFuture<Result> done = new CompletableFuture<>();
    request
        .onResponseBegin(response -> seen.append("begin").append(response.getStatus()))
        .onResponseHeader(
            (response, field) -> {
              seen.append(field.getName().startsWith("content") ? " header" : "");
              return true;
            })
        .onResponseHeaders(response -> seen.append(" headers"))
        .onResponseContent((response, piece) -> seen.append(" content").append(piece.remaining()))
        .onResponseSuccess(response -> seen.append(" success"))
        .onResponseFailure((response, failure) -> seen.append(" failure"))
        .onComplete(
            result -> {
              seen.append(" complete");
              done.complete(result);
            });
    try {
      String read = read(request.send());
      done.get(20, TimeUnit.SECONDS);
      return read + seen;
    } catch (java.util.concurrent.ExecutionException failed) {
      throw failed;
    }
  }
}
