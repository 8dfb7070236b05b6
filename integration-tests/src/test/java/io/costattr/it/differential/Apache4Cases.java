package io.costattr.it.differential;

import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.ParseException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** The blocking Apache HttpClient 4 as applications use it. */
final class Apache4Cases {
  private Apache4Cases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("execute", shape, Apache4Cases::string));
      all.add(shaped("handler", shape, null));
      all.add(shaped("lines", shape, Apache4Cases::lines));
      all.add(shaped("write-to", shape, Apache4Cases::writeTo));
    }
    all.addAll(Apache4Reading.cases());
    all.addAll(Apache4Requests.cases());
    all.addAll(Apache4Endings.cases());
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
        shape.ledger());
  }

  // Reading to the end, in four ways.

  private static void string(World world, HttpResponse response)
      throws IOException, ParseException {
    HttpEntity entity = response.getEntity();
    world.seen.body("body", entity == null ? "none" : EntityUtils.toString(entity));
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

  private static void lines(World world, HttpResponse response) throws IOException {
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

  private static void writeTo(World world, HttpResponse response) throws IOException {
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
    void read(World world, HttpResponse response) throws IOException, ParseException;
  }

  /** The same, in a world that it knows. */
  interface Reading {
    void read(HttpResponse response) throws Exception;
  }

  static Case one(String name, Script server, Case.Program client, Ledger ledger) {
    return new Case(name, server, client, ledger);
  }

  static void with(World world, Reading reading) throws Exception {
    with(world, client().build(), question(world.url(CHAT_PATH), Fixture.QUESTION), reading);
  }

  static void with(World world, CloseableHttpClient client, HttpUriRequest request, Reading reading)
      throws Exception {
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = execute(client, request, context)) {
      head(world, response);
      world.seen.say("redirects", context.getRedirectLocations());
      reading.read(response);
    } finally {
      world.seen.say("request", request);
      world.seen.say("route", context.getHttpRoute());
      world.seen.say("sent", context.getRequest());
    }
  }

  static CloseableHttpResponse execute(
      CloseableHttpClient client, HttpUriRequest request, HttpClientContext context)
      throws IOException {
    return client.execute(request, context);
  }

  static HttpClientBuilder client() {
    return HttpClients.custom().disableAutomaticRetries();
  }

  static HttpPost question(String url, String body) {
    HttpPost request = new HttpPost(url);
    request.addHeader("X-Second", "2");
    request.addHeader("Authorization", "Bearer secret");
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    return request;
  }

  static void head(World world, HttpResponse response) throws IOException {
    world.seen.say(
        "status", response.getProtocolVersion() + " " + response.getStatusLine().getStatusCode());
    for (Header header : response.getAllHeaders()) {
      world.seen.say("  header", header.getName() + ": " + header.getValue());
    }
    world.seen.say("response", response);
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      world.seen.say("length", entity.getContentLength() + " chunked " + entity.isChunked());
      world.seen.say("type", entity.getContentType() + " " + entity.getContentEncoding());
      world.seen.say("streaming", entity.isStreaming() + " " + entity.isRepeatable());
      world.seen.say("entity", entity);
    }
  }

  static void body(World world, HttpResponse response) throws IOException, ParseException {
    world.seen.body("body", EntityUtils.toString(response.getEntity()));
  }

  /** {@code readNBytes} asks for nothing behind them, for which the library waits. */
  static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = new byte[count];
    int read = 0;
    while (read < count) {
      read += in.read(bytes, read, count - read);
    }
    return bytes;
  }
}
