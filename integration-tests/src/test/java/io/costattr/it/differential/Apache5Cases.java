package io.costattr.it.differential;

import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/** The blocking Apache HttpClient 5 as applications use it. */
final class Apache5Cases {
  private Apache5Cases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("execute", shape, Apache5Cases::string));
      all.add(shaped("handler", shape, null));
      all.add(shaped("lines", shape, Apache5Cases::lines));
      all.add(shaped("write-to", shape, Apache5Cases::writeTo));
    }
    all.addAll(Apache5Reading.cases());
    all.addAll(Apache5Requests.cases());
    all.addAll(Apache5Endings.cases());
    return all;
  }

  private static Case shaped(String name, Shape shape, Reader reader) {
    return one(
        name + "/" + shape.name(),
        shape.script(),
        world -> {
          HttpPost request = question(world.url(shape.path()), shape.question());
          if (reader == null) {
            handled(world, request);
          } else {
            with(world, client().build(), request, response -> reader.read(world, response));
          }
        },
        ledger(shape));
  }

  /** The latest versions refuse a coding that they do not know, and close the response. */
  static Ledger ledger(Shape shape) {
    return shape.name().equals("unknown-coding")
        ? shape.ledger().and("outcome", "abandoned")
        : shape.ledger();
  }

  // Reading to the end, in four ways.

  private static void string(World world, ClassicHttpResponse response)
      throws IOException, ParseException {
    HttpEntity entity = response.getEntity();
    world.seen.body("body", entity == null ? "none" : EntityUtils.toString(entity));
    if (entity != null && entity.getTrailers() != null) {
      world.seen.say("trailers", entity.getTrailers().get());
    }
  }

  private static void handled(World world, HttpPost request) throws IOException {
    byte[] body =
        client()
            .build()
            .execute(
                request,
                response -> {
                  head(world, response);
                  return response.getEntity() == null
                      ? new byte[0]
                      : EntityUtils.toByteArray(response.getEntity());
                });
    world.seen.body("body", body);
  }

  private static void lines(World world, ClassicHttpResponse response) throws IOException {
    if (response.getEntity() == null) {
      return;
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(response.getEntity().getContent(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        world.seen.body("line", line);
      }
    }
  }

  private static void writeTo(World world, ClassicHttpResponse response) throws IOException {
    if (response.getEntity() == null) {
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.getEntity().writeTo(out);
    } finally {
      world.seen.body("body", out.toByteArray());
    }
  }

  // What the programs are made of.

  /** What an application does with a response. */
  interface Reader {
    void read(World world, ClassicHttpResponse response) throws IOException, ParseException;
  }

  /** The same, in a world that it knows. */
  interface Reading {
    void read(ClassicHttpResponse response) throws Exception;
  }

  static Case one(String name, Script server, Case.Program client, Ledger ledger) {
    return new Case(name, server, client, ledger);
  }

  static void with(World world, Reading reading) throws Exception {
    with(world, client().build(), question(world.url(CHAT_PATH), Fixture.QUESTION), reading);
  }

  static void with(
      World world, CloseableHttpClient client, ClassicHttpRequest request, Reading reading)
      throws Exception {
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = execute(client, request, context)) {
      head(world, response);
      world.seen.say("redirects", context.getRedirectLocations().getAll());
      reading.read(response);
    } finally {
      world.seen.say("request", request + " " + request.getEntity());
      world.seen.say("route", context.getHttpRoute());
      world.seen.say("sent", context.getRequest());
    }
  }

  @SuppressWarnings("deprecation")
  static CloseableHttpResponse execute(
      CloseableHttpClient client, ClassicHttpRequest request, HttpClientContext context)
      throws IOException {
    return client.execute(request, context);
  }

  /** By default the client waits a second, or as long as the server says, and tries again. */
  static HttpClientBuilder client() {
    return HttpClients.custom()
        .setConnectionManager(connections(Timeout.ofSeconds(30)))
        .disableAutomaticRetries();
  }

  static PoolingHttpClientConnectionManager connections(Timeout read) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.ofSeconds(30))
                .setSocketTimeout(read)
                .build())
        .build();
  }

  static HttpPost question(String url, String body) {
    HttpPost request = new HttpPost(url);
    request.addHeader("X-Second", "2");
    request.addHeader("Authorization", "Bearer secret");
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    return request;
  }

  static void head(World world, ClassicHttpResponse response) throws IOException {
    world.seen.say("status", response.getVersion() + " " + response.getCode());
    for (Header header : response.getHeaders()) {
      world.seen.say("  header", header.getName() + ": " + header.getValue());
    }
    world.seen.say("response", response);
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      world.seen.say("length", entity.getContentLength() + " chunked " + entity.isChunked());
      world.seen.say("type", entity.getContentType() + " " + entity.getContentEncoding());
      world.seen.say("streaming", entity.isStreaming() + " " + entity.isRepeatable());
      world.seen.say("trailers", entity.getTrailerNames());
      world.seen.say("entity", entity);
    }
  }

  static void body(World world, ClassicHttpResponse response) throws IOException, ParseException {
    world.seen.body("body", EntityUtils.toString(response.getEntity()));
  }
}
