package io.costattr.it.budget;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Budgets;
import io.costattr.api.QuotaExceeded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * A program that is told on its standard input to make calls: {@code CLIENT CUSTOMER COUNT THREADS}
 * a line. It prints how often each thing happened, as {@code 429=2 ok=3}, and ends with its input.
 */
public final class BudgetedCalls {
  private static final String KEY = "Bearer sk-test";
  private static final String CHAT =
      "{\"model\":\"gpt-5.5\",\"max_completion_tokens\":200,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

  private final String url;
  private final OkHttpClient okHttp = new OkHttpClient();
  private final HttpClient jdk = HttpClient.newHttpClient();
  private final OpenAIClient openAi;

  private BudgetedCalls(String base) {
    url = base + "/chat/completions";
    openAi = OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(base).maxRetries(3).build();
  }

  public static void main(String[] arguments) throws Exception {
    BudgetedCalls calls = new BudgetedCalls(arguments[0]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          calls.make(words[0], words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3])));
    }
    System.exit(0);
  }

  private String make(String client, String customer, int count, int threads)
      throws InterruptedException {
    Map<String, AtomicLong> outcomes = new ConcurrentHashMap<>();
    Attribution payer = Attribution.builder().customerId(customer).feature("chat").build();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int n = 0; n < count; n++) {
                  AttributionContext.run(
                      payer,
                      () ->
                          outcomes
                              .computeIfAbsent(
                                  outcome(() -> call(client)), unused -> new AtomicLong())
                              .incrementAndGet());
                }
              });
      running.add(thread);
      thread.start();
    }
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    StringBuilder text = new StringBuilder();
    new TreeMap<>(outcomes)
        .forEach((what, n) -> text.append(what).append('=').append(n).append(' '));
    return text.toString().trim();
  }

  private static String outcome(Callable<String> call) {
    try {
      return call.call();
    } catch (RateLimitException blocked) {
      return "RateLimitException:" + blocked.statusCode() + ":" + blocked.code().orElse("none");
    } catch (CompletionException failure) {
      return outcome(
          () -> {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
          });
    } catch (Exception failure) {
      return failure.getClass().getName();
    }
  }

  private String call(String client) throws Exception {
    return switch (client) {
      case "okhttp" -> okHttp();
      case "jdk" -> jdk();
      case "apache5" -> apache5();
      case "openai-async" -> {
        openAi.async().chat().completions().create(params()).join();
        yield "ok";
      }
      case "openai-stream" -> {
        try (StreamResponse<ChatCompletionChunk> stream =
            openAi.chat().completions().createStreaming(params())) {
          yield stream.stream().findAny().isPresent() ? "ok" : "nothing";
        }
      }
      case "why" -> why();
      case "left" -> left();
      case "settled" -> settled();
      default -> openAi();
    };
  }

  private String okHttp() throws IOException {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", KEY)
            .post(RequestBody.create(CHAT, MediaType.get("application/json")))
            .build();
    try (Response response = okHttp.newCall(request).execute()) {
      return said(response.code(), response.body().string());
    }
  }

  private String jdk() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", KEY)
            .POST(HttpRequest.BodyPublishers.ofString(CHAT))
            .build();
    HttpResponse<String> response = jdk.send(request, HttpResponse.BodyHandlers.ofString());
    return said(response.statusCode(), response.body());
  }

  private String apache5() throws IOException {
    var post = new org.apache.hc.client5.http.classic.methods.HttpPost(url);
    post.setHeader("Authorization", KEY);
    post.setEntity(new StringEntity(CHAT, ContentType.APPLICATION_JSON));
    try (var client = org.apache.hc.client5.http.impl.classic.HttpClients.createDefault()) {
      return client.execute(
          post, response -> said(response.getCode(), EntityUtils.toString(response.getEntity())));
    }
  }

  private String openAi() {
    openAi.chat().completions().create(params());
    return "ok";
  }

  private static ChatCompletionCreateParams params() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-5.5")
        .maxCompletionTokens(200)
        .addUserMessage("Hello there")
        .build();
  }

  /** Why a call is refused. */
  private String why() {
    try {
      return openAi();
    } catch (RateLimitException blocked) {
      QuotaExceeded why =
          QuotaExceeded.of(
              name -> blocked.headers().values(name).stream().findFirst().orElse(null));
      return why == null
          ? "no budget"
          : String.join(
              ",",
              why.budget(),
              String.valueOf(why.value()),
              why.reason(),
              why.unit().name(),
              why.limit().toPlainString(),
              why.spent().toPlainString(),
              Boolean.toString(why.resetsAt().isAfter(Instant.now())));
    }
  }

  /** What is left for who calls. */
  private static String settled() {
    return Boolean.toString(
        Budgets.current().remaining().stream().allMatch(quota -> quota.reserved().signum() == 0));
  }

  private static String left() {
    return Budgets.current().remaining().stream()
        .map(
            quota ->
                String.join(
                    ",",
                    quota.budget(),
                    String.valueOf(quota.value()),
                    quota.unit().name(),
                    quota.limit().toPlainString(),
                    quota.remaining().toPlainString(),
                    Boolean.toString(quota.blocks()),
                    Boolean.toString(quota.resetsAt().isAfter(Instant.now()))))
        .collect(Collectors.joining(";"));
  }

  private static String said(int status, String body) {
    if (status == 200) {
      return "ok";
    }
    return status
        + (body.contains("monthly_ai_quota_exceeded") ? ":monthly_ai_quota_exceeded" : "");
  }
}
