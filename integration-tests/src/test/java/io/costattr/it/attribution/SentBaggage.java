package io.costattr.it.attribution;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;

/**
 * A program that makes the same requests by each client, for a customer of its own by each, and
 * prints what the application sees of baggage that it has not put there itself.
 */
public final class SentBaggage {
  /** A way to make a request. */
  private interface Get {
    /**
     * @param own the application's own header, or null
     * @return what the application sees of the headers that were sent, afterwards
     */
    Object from(String url, String own) throws Exception;
  }

  private SentBaggage() {}

  /**
   * @param arguments the URLs to ask by each client, in their order
   */
  public static void main(String[] arguments) throws Exception {
    each("okhttp", SentBaggage::okHttp, arguments);
    each("okhttp-async", SentBaggage::okHttpAsync, arguments);
    each("jdk", SentBaggage::jdk, arguments);
    each("jdk-async", SentBaggage::jdkAsync, arguments);
    each("url", SentBaggage::url, arguments);
    each("url-post", (url, own) -> post(url, own, false), arguments);
    each("url-streamed", (url, own) -> post(url, own, true), arguments);
    try (CloseableHttpClient client = HttpClients.createDefault()) {
      each("apache5", (url, own) -> apache5(client, url, own), arguments);
    }
    try (CloseableHttpClient client = HttpClients.createMinimal()) {
      each("apache5-minimal", (url, own) -> apache5(client, url, own), arguments);
    }
    try (CloseableHttpAsyncClient client = HttpAsyncClients.createDefault()) {
      client.start();
      each("apache5-async", (url, own) -> apache5Async(client, url, own), arguments);
    }
    try (var client = org.apache.http.impl.client.HttpClients.createDefault()) {
      each("apache4", (url, own) -> apache4(client, url, own), arguments);
    }
    try (var client = org.apache.http.impl.client.HttpClients.createMinimal()) {
      each("apache4-minimal", (url, own) -> apache4(client, url, own), arguments);
    }
    try (var client = org.apache.http.impl.nio.client.HttpAsyncClients.createDefault()) {
      client.start();
      each("apache4-async", (url, own) -> apache4Async(client, url, own), arguments);
    }
    var jetty = new org.eclipse.jetty.client.HttpClient();
    jetty.start();
    each("jetty", (url, own) -> jetty(jetty, url, own), arguments);
    var vertx = VERTX.createHttpClient();
    each("vertx", (url, own) -> vertx(vertx, url, own), arguments);
    each("reactor-netty", SentBaggage::reactorNetty, arguments);
    try (AsyncHttpClient ahc = Dsl.asyncHttpClient(Dsl.config().setFollowRedirect(true))) {
      each("async-http-client", (url, own) -> asyncHttpClient(ahc, url, own), arguments);
    }
    System.exit(0);
  }

  private static void each(String client, Get get, String[] urls) throws Exception {
    Attribution who = Attribution.builder().customerId(client).team("search").build();
    Baggage telemetry =
        Boolean.getBoolean("telemetry")
            ? Baggage.builder().put("costattr.customer.id", "of telemetry").build()
            : Baggage.empty();
    try (var scope = AttributionContext.with(who);
        var current = telemetry.makeCurrent()) {
      for (String url : urls) {
        String own = url.endsWith("/merged") ? "x=y,costattr.team=mine" : null;
        Object seen = get.from(url, own);
        if (!(own == null ? "[]" : "[" + own + "]").equals(String.valueOf(seen))) {
          System.out.println(client + " sees " + seen + " of " + url);
        }
      }
    }
    // What a client keeps, a connection above all, is nobody's.
    get.from(urls[0], null);
  }

  private static final OkHttpClient OK_HTTP = new OkHttpClient();

  private static Request okHttpRequest(String url, String own) {
    Request.Builder request = new Request.Builder().url(url);
    return (own == null ? request : request.header("baggage", own)).build();
  }

  private static Object okHttp(String url, String own) throws IOException {
    try (Response response = OK_HTTP.newCall(okHttpRequest(url, own)).execute()) {
      response.body().string();
      return response.networkResponse().request().headers("baggage");
    }
  }

  private static Object okHttpAsync(String url, String own) throws Exception {
    CompletableFuture<List<String>> seen = new CompletableFuture<>();
    OK_HTTP
        .newCall(okHttpRequest(url, own))
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException failure) {
                seen.completeExceptionally(failure);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                try (response) {
                  response.body().string();
                  seen.complete(response.networkResponse().request().headers("baggage"));
                }
              }
            });
    return seen.get();
  }

  private static final HttpClient JDK =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

  private static HttpRequest jdkRequest(String url, String own) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    return (own == null ? request : request.header("baggage", own)).build();
  }

  private static Object jdk(String url, String own) throws Exception {
    return JDK.send(jdkRequest(url, own), HttpResponse.BodyHandlers.ofString())
        .request()
        .headers()
        .allValues("baggage");
  }

  private static Object jdkAsync(String url, String own) throws Exception {
    return JDK.sendAsync(jdkRequest(url, own), HttpResponse.BodyHandlers.ofString())
        .get()
        .request()
        .headers()
        .allValues("baggage");
  }

  private static Object url(String url, String own) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    if (own != null) {
      connection.setRequestProperty("baggage", own);
    }
    return read(connection);
  }

  private static Object read(HttpURLConnection connection) throws IOException {
    try (var in = connection.getInputStream()) {
      in.readAllBytes();
    }
    String seen = connection.getRequestProperty("baggage");
    return seen == null ? List.of() : List.of(seen);
  }

  private static Object post(String url, String own, boolean streamed) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    if (own != null) {
      connection.setRequestProperty("baggage", own);
    }
    connection.setDoOutput(true);
    if (streamed) {
      connection.setChunkedStreamingMode(16);
      // What is streamed cannot be sent again.
      connection.setInstanceFollowRedirects(false);
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write("two words, and more than sixteen bytes".getBytes());
    }
    return read(connection);
  }

  private static Object apache5(CloseableHttpClient client, String url, String own)
      throws IOException {
    HttpGet get = new HttpGet(url);
    if (own != null) {
      get.setHeader("baggage", own);
    }
    var context = org.apache.hc.client5.http.protocol.HttpClientContext.create();
    client.execute(
        get,
        context,
        response -> {
          EntityUtils.consume(response.getEntity());
          return null;
        });
    return seen(context.getRequest().getHeaders("baggage"));
  }

  private static List<String> seen(org.apache.hc.core5.http.Header[] headers) {
    return List.of(headers).stream().map(header -> header.getValue()).toList();
  }

  private static Object apache5Async(CloseableHttpAsyncClient client, String url, String own)
      throws Exception {
    SimpleHttpRequest request = SimpleRequestBuilder.get(url).build();
    if (own != null) {
      request.setHeader("baggage", own);
    }
    var context = org.apache.hc.client5.http.protocol.HttpClientContext.create();
    SimpleHttpResponse unused = client.execute(request, context, null).get();
    return seen(context.getRequest().getHeaders("baggage"));
  }

  private static Object apache4(
      org.apache.http.impl.client.CloseableHttpClient client, String url, String own)
      throws IOException {
    var get = new org.apache.http.client.methods.HttpGet(url);
    if (own != null) {
      get.setHeader("baggage", own);
    }
    var context = org.apache.http.client.protocol.HttpClientContext.create();
    try (var response = client.execute(get, context)) {
      org.apache.http.util.EntityUtils.consume(response.getEntity());
    }
    return seen(context.getRequest().getHeaders("baggage"));
  }

  private static List<String> seen(org.apache.http.Header[] headers) {
    return List.of(headers).stream().map(header -> header.getValue()).toList();
  }

  private static Object apache4Async(
      org.apache.http.nio.client.HttpAsyncClient client, String url, String own) throws Exception {
    var get = new org.apache.http.client.methods.HttpGet(url);
    if (own != null) {
      get.setHeader("baggage", own);
    }
    var context = org.apache.http.client.protocol.HttpClientContext.create();
    client.execute(get, context, null).get();
    return seen(context.getRequest().getHeaders("baggage"));
  }

  private static Object jetty(org.eclipse.jetty.client.HttpClient client, String url, String own)
      throws Exception {
    var request = client.newRequest(url);
    if (own != null) {
      request.headers(headers -> headers.put("baggage", own));
    }
    // Of a request that was redirected, the last.
    return request.send().getRequest().getHeaders().getValuesList("baggage");
  }

  private static final io.vertx.core.Vertx VERTX = io.vertx.core.Vertx.vertx();

  /**
   * On one context, so that no answer is over before it is listened to; OpenTelemetry's does not go
   * there by itself.
   */
  private static Object vertx(io.vertx.core.http.HttpClient client, String url, String own)
      throws Exception {
    var options =
        new io.vertx.core.http.RequestOptions().setAbsoluteURI(url).setFollowRedirects(true);
    if (own != null) {
      options.putHeader("baggage", own);
    }
    CompletableFuture<Object> seen = new CompletableFuture<>();
    Context telemetry = Context.current();
    VERTX
        .getOrCreateContext()
        .runOnContext(
            now -> {
              try (var current = telemetry.makeCurrent()) {
                client
                    .request(options)
                    .compose(
                        request ->
                            request
                                .send()
                                .compose(response -> response.body())
                                .map(body -> request.headers().getAll("baggage")))
                    .onSuccess(seen::complete)
                    .onFailure(seen::completeExceptionally);
              }
            });
    return seen.get();
  }

  private static final reactor.netty.http.client.HttpClient REACTOR_NETTY =
      reactor.netty.http.client.HttpClient.create().followRedirect(true);

  private static Object reactorNetty(String url, String own) {
    return REACTOR_NETTY
        .headers(
            headers -> {
              if (own != null) {
                headers.set("baggage", own);
              }
            })
        .get()
        .uri(url)
        .responseSingle(
            (response, body) -> body.then().thenReturn(response.requestHeaders().getAll("baggage")))
        .block();
  }

  private static Object asyncHttpClient(AsyncHttpClient client, String url, String own)
      throws Exception {
    var request = client.prepareGet(url);
    if (own != null) {
      request.setHeader("baggage", own);
    }
    request.execute().get();
    return own == null ? List.of() : List.of(own);
  }
}
