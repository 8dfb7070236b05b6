package io.costattr.it.attribution;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.MissingAttributionException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.CloseableHttpClient;

/**
 * A program that makes a call through each client, first without a word of who pays, then for a
 * customer, and prints what comes of it.
 */
public final class RefusedCalls {
  private static final String KEY = "Bearer sk-test";
  private static final String CHAT =
      "{\"model\":\"gpt-5.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

  private RefusedCalls() {}

  public static void main(String[] arguments) {
    String base = arguments[0];
    String url = base + "/chat/completions";
    okHttp(url);
    jdk(url);
    apache(url);
    openAi(base);
    System.exit(0);
  }

  private static void okHttp(String url) {
    OkHttpClient client = new OkHttpClient();
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", KEY)
            .post(RequestBody.create(CHAT, MediaType.get("application/json")))
            .build();
    both(
        "okhttp",
        () -> {
          try (Response response = client.newCall(request).execute()) {
            return response.code() + (response.body().string().isEmpty() ? " empty" : "");
          }
        });
    both(
        "okhttp-async",
        () -> {
          CompletableFuture<Integer> answer = new CompletableFuture<>();
          client
              .newCall(request)
              .enqueue(
                  new Callback() {
                    @Override
                    public void onFailure(Call call, IOException failure) {
                      answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onResponse(Call call, Response response) throws IOException {
                      response.body().string();
                      answer.complete(response.code());
                    }
                  });
          return answer.get();
        });
  }

  private static void jdk(String url) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", KEY)
            .POST(HttpRequest.BodyPublishers.ofString(CHAT))
            .build();
    both("jdk", () -> client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    both(
        "jdk-async",
        () -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).get().statusCode());
  }

  private static void apache(String url) {
    both("apache4", () -> apache4(org.apache.http.impl.client.HttpClients.createDefault(), url));
    both(
        "apache4-minimal",
        () -> apache4(org.apache.http.impl.client.HttpClients.createMinimal(), url));
    both(
        "apache5",
        () -> apache5(org.apache.hc.client5.http.impl.classic.HttpClients.createDefault(), url));
    both(
        "apache5-minimal",
        () -> apache5(org.apache.hc.client5.http.impl.classic.HttpClients.createMinimal(), url));
  }

  private static Object apache4(CloseableHttpClient client, String url) throws IOException {
    HttpPost post = new HttpPost(url);
    post.setHeader("Authorization", KEY);
    post.setEntity(
        new org.apache.http.entity.StringEntity(
            CHAT, org.apache.http.entity.ContentType.APPLICATION_JSON));
    try (client;
        var response = client.execute(post)) {
      org.apache.http.util.EntityUtils.consume(response.getEntity());
      return response.getStatusLine().getStatusCode();
    }
  }

  private static Object apache5(
      org.apache.hc.client5.http.impl.classic.CloseableHttpClient client, String url)
      throws IOException {
    var post = new org.apache.hc.client5.http.classic.methods.HttpPost(url);
    post.setHeader("Authorization", KEY);
    post.setEntity(new StringEntity(CHAT, ContentType.APPLICATION_JSON));
    try (client) {
      return client.execute(
          post,
          response -> {
            org.apache.hc.core5.http.io.entity.EntityUtils.consume(response.getEntity());
            return response.getCode();
          });
    }
  }

  private static void openAi(String base) {
    // Its retries would wait for half a second and more.
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(base).maxRetries(5).build();
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder().model("gpt-5.5").addUserMessage("Hello there").build();
    both("openai", () -> client.chat().completions().create(params).choices().size());
    both(
        "openai-async",
        () -> client.async().chat().completions().create(params).get().choices().size());
    both(
        "openai-stream",
        () -> {
          try (var stream = client.chat().completions().createStreaming(params)) {
            return stream.stream().count() > 0;
          }
        });
  }

  private static void both(String who, Callable<?> call) {
    System.out.println(who + " " + outcome(call));
    Attribution payer = Attribution.builder().customerId(who).build();
    AttributionContext.run(payer, () -> System.out.println(who + "-paid " + outcome(call)));
  }

  private static String outcome(Callable<?> call) {
    try {
      return String.valueOf(call.call());
    } catch (ExecutionException failure) {
      return "failed " + name(failure.getCause());
    } catch (Exception thrown) {
      return "threw " + name(thrown);
    }
  }

  /** The kind of exception that a user would catch, and what of the agent's is behind it. */
  private static String name(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof MissingAttributionException)) {
      cause = cause.getCause();
    }
    String kind =
        failure instanceof IOException ? IOException.class.getName() : failure.getClass().getName();
    return kind
        + (cause instanceof MissingAttributionException missing
            ? " without " + String.join(",", missing.dimensions())
            : " " + failure);
  }
}
