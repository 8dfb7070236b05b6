import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** What OkHttp gives to a call that is not sent. */
public class Program {
  private static final MediaType JSON = MediaType.parse("application/json");

  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    OkHttpClient client = new OkHttpClient();
    trio.call("sync", base -> read(client.newCall(chat(base, false)).execute()));
    trio.call("stream", base -> lines(client.newCall(chat(base, true)).execute()));
    trio.call("async", base -> read(later(client.newCall(chat(base, false))).get()));
    trio.call("async-stream", base -> lines(later(client.newCall(chat(base, true))).get()));
    trio.call("interceptors", Program::intercepted);
    trio.http2("http2", base -> read(client.newCall(chat(base, false)).execute()));
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    System.out.println("done");
    System.exit(0);
  }

  /** Interceptors of the application see the answer, and may take it for a reason to try again. */
  private static String intercepted(String base) throws IOException {
    List<String> seen = new ArrayList<>();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  Response first = chain.proceed(chain.request());
                  seen.add(first.code() + " " + first.header("x-should-retry"));
                  first.close();
                  return chain.proceed(chain.request());
                })
            .build();
    return seen + read(client.newCall(chat(base, false)).execute()) + seen;
  }

  private static Request chat(String base, boolean stream) {
    return new Request.Builder()
        .url(base + "/chat/completions")
        .header("Authorization", "Bearer sk-test")
        .post(RequestBody.create(JSON, Trio.chat(stream)))
        .build();
  }

  private static CompletableFuture<Response> later(Call call) {
    CompletableFuture<Response> later = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException failure) {
            later.completeExceptionally(failure);
          }

          @Override
          public void onResponse(Call answered, Response response) {
            later.complete(response);
          }
        });
    return later;
  }

  private static String head(Response response) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    Headers all = response.headers();
    for (int i = 0; i < all.size(); i++) {
      headers.add(Map.entry(all.name(i), all.value(i)));
    }
    return Trio.head(response.code(), headers)
        + response.isSuccessful()
        + response.request().url()
        + (response.networkResponse() != null)
        + (response.cacheResponse() != null);
  }

  private static String read(Response response) throws IOException {
    String seen =
        head(response)
            + response.body().contentLength()
            + response.body().contentType()
            + response.body().string();
    try {
      return seen + response.body().string();
    } catch (IllegalStateException closed) {
      return seen + " closed";
    }
  }

  private static String lines(Response response) throws IOException {
    StringBuilder seen = new StringBuilder(head(response));
    try (Response closed = response) {
      String line;
      while ((line = response.body().source().readUtf8Line()) != null) {
        seen.append("line ").append(line);
      }
      return seen.append(response.body().source().exhausted()).toString();
    }
  }
}
