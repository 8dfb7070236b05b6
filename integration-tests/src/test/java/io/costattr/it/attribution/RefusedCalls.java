package io.costattr.it.attribution;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
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
    Twice.make(
        "okhttp",
        () -> {
          try (Response response = client.newCall(request).execute()) {
            return response.code() + (response.body().string().isEmpty() ? " empty" : "");
          }
        });
    Twice.make(
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
    Twice.make(
        "jdk", () -> client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    Twice.make(
        "jdk-async",
        () -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).get().statusCode());
  }

  private static void apache(String url) {
    Twice.make(
        "apache4", () -> apache4(org.apache.http.impl.client.HttpClients.createDefault(), url));
    Twice.make(
        "apache4-minimal",
        () -> apache4(org.apache.http.impl.client.HttpClients.createMinimal(), url));
    Twice.make(
        "apache5",
        () -> apache5(org.apache.hc.client5.http.impl.classic.HttpClients.createDefault(), url));
    Twice.make(
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
    Twice.make("openai", () -> client.chat().completions().create(params).choices().size());
    Twice.make(
        "openai-async",
        () -> client.async().chat().completions().create(params).get().choices().size());
    Twice.make(
        "openai-stream",
        () -> {
          try (var stream = client.chat().completions().createStreaming(params)) {
            return stream.stream().count() > 0;
          }
        });
  }
}
