package io.costattr.it.coexistence;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A program that makes one call through each client, each for a customer of its own, to the base
 * URL in its argument or in OPENAI_BASE_URL.
 */
public final class Calls {
  static final String[] CUSTOMERS = {"jdk", "url-connection", "okhttp", "openai", "openai-async"};
  static final int COUNT = CUSTOMERS.length;
  private static final String CHAT =
      "{\"model\":\"gpt-5.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

  private Calls() {}

  public static void main(String[] arguments) throws Exception {
    all(arguments.length > 0 ? arguments[0] : System.getenv("OPENAI_BASE_URL"));
    System.out.println("done");
  }

  static void all(String baseUrl) throws Exception {
    try (Scope scope = scope("jdk")) {
      jdk(baseUrl);
    }
    try (Scope scope = scope("url-connection")) {
      urlConnection(baseUrl);
    }
    try (Scope scope = scope("okhttp")) {
      okHttp(baseUrl);
    }
    OpenAIClient client = OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(baseUrl).build();
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder().model("gpt-5.5").addUserMessage("Hello there").build();
    try (Scope scope = scope("openai")) {
      client.chat().completions().create(params);
    }
    try (Scope scope = scope("openai-async")) {
      client.async().chat().completions().create(params).join();
    }
    client.close();
  }

  static void jdk(String baseUrl) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer sk-test")
            .POST(HttpRequest.BodyPublishers.ofString(CHAT))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  static void urlConnection(String baseUrl) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(baseUrl + "/chat/completions").toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer sk-test");
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(CHAT.getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in = connection.getInputStream()) {
      in.readAllBytes();
    }
  }

  static void okHttp(String baseUrl) throws Exception {
    OkHttpClient client = new OkHttpClient();
    Request request =
        new Request.Builder()
            .url(baseUrl + "/chat/completions")
            .header("Authorization", "Bearer sk-test")
            .post(RequestBody.create(CHAT, MediaType.get("application/json")))
            .build();
    try (Response response = client.newCall(request).execute()) {
      response.body().string();
    }
  }

  private static Scope scope(String customer) {
    return AttributionContext.with(
        Attribution.builder()
            .feature("coexistence")
            .route("/calls")
            .customerId(customer)
            .team("test")
            .environment("test")
            .build());
  }
}
