package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** The asynchronous Apache HttpClient 5 as applications use it, with a chain and without. */
final class Apache5AsyncCases {
  static final Script ANSWER = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);

  private Apache5AsyncCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("simple", shape, w -> simple(w, shape), decoded(shape)));
      all.add(shaped("own", shape, w -> own(w, client().build(), shape), decoded(shape)));
      // Without a chain nothing is decoded, and no coding refused.
      all.add(shaped("minimal", shape, w -> own(w, minimal(), shape), shape.ledger()));
    }
    all.addAll(Apache5AsyncRequests.cases());
    all.addAll(Apache5AsyncEndings.cases());
    return all;
  }

  /** The latest versions refuse a coding that they do not know. */
  private static Ledger decoded(Shape shape) {
    return shape.name().equals("unknown-coding")
        ? shape.ledger().and("outcome", "failed").and("error_code", ".*HttpException")
        : shape.ledger();
  }

  private static Case shaped(String name, Shape shape, Case.Program program, Ledger ledger) {
    return new Case(name + "/" + shape.name(), shape.script(), program, ledger);
  }

  private static void simple(World world, Shape shape) throws Exception {
    CloseableHttpAsyncClient client = client().build();
    try {
      client.start();
      SimpleHttpRequest request = question(world.url(shape.path()), shape.question());
      SimpleHttpResponse response = result(world, client.execute(request, null));
      if (response != null) {
        head(world, response);
        world.seen.say("type", response.getContentType());
        byte[] body = response.getBodyBytes();
        world.seen.body("body", body == null ? new byte[0] : body);
      }
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  private static void own(World world, CloseableHttpAsyncClient client, Shape shape)
      throws Exception {
    own(world, client, question(world.url(shape.path()), shape.question()));
  }

  // What the programs are made of.

  static void own(World world, CloseableHttpAsyncClient client, SimpleHttpRequest request)
      throws Exception {
    try {
      client.start();
      world.seen.say("result", result(world, sent(world, client, request)));
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  static void own(World world, CloseableHttpAsyncClient client) throws Exception {
    own(world, client, question(world.url(CHAT_PATH), QUESTION));
  }

  static Future<String> sent(
      World world, CloseableHttpAsyncClient client, SimpleHttpRequest request) {
    return sent(client, request, new Apache5Consumer(world));
  }

  static Future<String> sent(
      CloseableHttpAsyncClient client, SimpleHttpRequest request, Apache5Consumer consumer) {
    return client.execute(SimpleRequestProducer.create(request), consumer, null);
  }

  static <T> T result(World world, Future<T> future) throws Exception {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (CancellationException e) {
      world.seen.say("result", "cancelled");
    } catch (ExecutionException e) {
      world.seen.failure("future", e.getCause());
    }
    return null;
  }

  static HttpAsyncClientBuilder client() {
    return HttpAsyncClients.custom().setIOReactorConfig(oneThread()).disableAutomaticRetries();
  }

  static CloseableHttpAsyncClient minimal() {
    return HttpAsyncClients.createMinimal(H2Config.DEFAULT, Http1Config.DEFAULT, oneThread());
  }

  private static IOReactorConfig oneThread() {
    return IOReactorConfig.custom().setIoThreadCount(1).build();
  }

  static SimpleHttpRequest question(String url, String body) {
    SimpleHttpRequest request = new SimpleHttpRequest("POST", URI.create(url));
    request.addHeader("X-Second", "2");
    request.addHeader("Authorization", "Bearer secret");
    request.setBody(body, ContentType.APPLICATION_JSON);
    return request;
  }

  static void head(World world, HttpResponse response) {
    world.seen.say("status", response.getVersion() + " " + response.getCode());
    for (Header header : response.getHeaders()) {
      world.seen.say("  header", header.getName() + ": " + header.getValue());
    }
    world.seen.say("response", response);
  }
}
