package io.costattr.it.threads;

import io.costattr.api.AttributionContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.HttpAsyncClients;

/**
 * Asynchronous calls of several customers through clients that have one connection for all of them:
 * all but the first wait in a queue of the client's, and are begun by whoever is done.
 */
public final class DispatchQueues {
  private static final int CUSTOMERS = 6;

  private DispatchQueues() {}

  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    okHttp(base, new Dispatcher(), "");
    okHttp(base, new Dispatcher(Executors.newFixedThreadPool(2)), "fixed-");
    apache5(base);
    apache4(base);
    jdk(base);
    System.exit(0);
  }

  private static String json(String expected) {
    return "{\"model\":\"gpt-5.5\",\"prompt_cache_key\":\""
        + expected
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";
  }

  private static void said(String what, String expected, String actual) {
    System.out.println(
        (expected.equals(actual) ? "right " : "WRONG ") + what + ": " + expected + ", " + actual);
  }

  private interface Begin {
    CompletableFuture<?> call(String customer) throws Exception;
  }

  /** One for each customer, and one for nobody in between. */
  private static void begin(String client, Begin begin) throws Exception {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      String customer = client + i;
      all.add(AttributionContext.call(Who.is(customer), () -> begin.call(customer)));
      if (i == CUSTOMERS / 2) {
        all.add(begin.call(Who.NOBODY));
      }
    }
    for (CompletableFuture<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
  }

  /** Interceptors and callbacks run on the dispatcher's threads, and may call further. */
  private static void okHttp(String base, Dispatcher dispatcher, String prefix) throws Exception {
    dispatcher.setMaxRequestsPerHost(1);
    OkHttpClient client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .addInterceptor(
                chain -> {
                  String expected = chain.request().header("x-expected");
                  said("an interceptor", expected, Who.now());
                  return chain.proceed(chain.request());
                })
            .build();
    begin(
        prefix + "okhttp-",
        customer -> {
          CompletableFuture<String> done = new CompletableFuture<>();
          Request request =
              new Request.Builder()
                  .url(base + "/chat/completions")
                  .header("Authorization", "Bearer sk-test")
                  .header("x-expected", customer)
                  .post(RequestBody.create(json(customer), MediaType.get("application/json")))
                  .build();
          client
              .newCall(request)
              .enqueue(
                  new Callback() {
                    @Override
                    public void onResponse(Call call, Response response) throws IOException {
                      response.body().string();
                      said("a callback", customer, Who.now());
                      try (Response again = client.newCall(request).execute()) {
                        again.body().string();
                      }
                      done.complete("");
                    }

                    @Override
                    public void onFailure(Call call, IOException failure) {
                      done.completeExceptionally(failure);
                    }
                  });
          return done;
        });
    dispatcher.executorService().shutdown();
  }

  private static void apache5(String base) throws Exception {
    CloseableHttpAsyncClient client =
        org.apache.hc.client5.http.impl.async.HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(1)
                    .setMaxConnTotal(1)
                    .build())
            .build();
    client.start();
    begin(
        "apache5-",
        customer -> {
          CompletableFuture<String> done = new CompletableFuture<>();
          SimpleHttpRequest request = SimpleHttpRequest.create("POST", base + "/chat/completions");
          request.setHeader("Authorization", "Bearer sk-test");
          request.setBody(json(customer), ContentType.APPLICATION_JSON);
          client.execute(
              request,
              new FutureCallback<SimpleHttpResponse>() {
                @Override
                public void completed(SimpleHttpResponse response) {
                  done.complete("");
                }

                @Override
                public void failed(Exception failure) {
                  done.completeExceptionally(failure);
                }

                @Override
                public void cancelled() {
                  done.cancel(false);
                }
              });
          return done;
        });
    client.close();
  }

  private static void apache4(String base) throws Exception {
    var client =
        HttpAsyncClients.custom()
            .useSystemProperties()
            .setMaxConnPerRoute(1)
            .setMaxConnTotal(1)
            .build();
    client.start();
    begin(
        "apache4-",
        customer -> {
          CompletableFuture<String> done = new CompletableFuture<>();
          HttpPost request = new HttpPost(base + "/chat/completions");
          request.setHeader("Authorization", "Bearer sk-test");
          request.setEntity(
              new StringEntity(
                  json(customer), org.apache.http.entity.ContentType.APPLICATION_JSON));
          client.execute(
              request,
              new org.apache.http.concurrent.FutureCallback<>() {
                @Override
                public void completed(org.apache.http.HttpResponse response) {
                  done.complete("");
                }

                @Override
                public void failed(Exception failure) {
                  done.completeExceptionally(failure);
                }

                @Override
                public void cancelled() {
                  done.cancel(false);
                }
              });
          return done;
        });
    client.close();
  }

  /** What comes after a response is the caller's as well, on whichever thread of the client's. */
  private static void jdk(String base) throws Exception {
    java.net.http.HttpClient client =
        java.net.http.HttpClient.newBuilder().executor(Executors.newFixedThreadPool(1)).build();
    begin(
        "jdk-",
        customer -> {
          HttpRequest request =
              HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                  .header("Authorization", "Bearer sk-test")
                  .POST(HttpRequest.BodyPublishers.ofString(json(customer)))
                  .build();
          return client
              .sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .thenCompose(
                  response -> {
                    said("behind a response", customer, Who.now());
                    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
                  })
              .thenAcceptAsync(response -> said("behind that", customer, Who.now()));
        });
  }
}
