package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.client.methods.ZeroCopyConsumer;
import org.apache.http.nio.reactor.IOReactorException;
import org.apache.http.util.EntityUtils;

/** Apache HttpAsyncClient 4 as applications use it, with all it can and minimal. */
final class Apache4AsyncCases {
  static final Script ANSWER = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);

  private Apache4AsyncCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("buffered", shape, w -> buffered(w, shape)));
      all.add(shaped("own", shape, w -> own(w, client().build(), shape)));
      all.add(shaped("minimal", shape, w -> own(w, minimal(), shape)));
      // The library itself waits for ever for the rest of a body of known length.
      if (!shape.name().matches("truncated(-within-usage|-behind-usage)?")) {
        all.add(shaped("file", shape, w -> file(w, shape)));
      }
    }
    all.addAll(Apache4AsyncRequests.cases());
    all.addAll(Apache4AsyncEndings.cases());
    return all;
  }

  private static Case shaped(String name, Shape shape, Case.Program program) {
    return new Case(name + "/" + shape.name(), shape.script(), program, shape.ledger());
  }

  private static void buffered(World world, Shape shape) throws Exception {
    try (CloseableHttpAsyncClient client = client().build()) {
      client.start();
      HttpPost request = question(world.url(shape.path()), shape.question());
      HttpResponse response = result(world, client.execute(request, null));
      if (response != null) {
        Apache4Cases.head(world, response);
        HttpEntity entity = response.getEntity();
        world.seen.body("body", entity == null ? new byte[0] : EntityUtils.toByteArray(entity));
      }
    }
  }

  private static void own(World world, CloseableHttpAsyncClient client, Shape shape)
      throws Exception {
    own(world, client, question(world.url(shape.path()), shape.question()));
  }

  private static void file(World world, Shape shape) throws Exception {
    Path file = Files.createTempFile("costattr", ".body");
    try (CloseableHttpAsyncClient client = client().build()) {
      client.start();
      HttpPost request = question(world.url(shape.path()), shape.question());
      String type =
          result(
              world,
              client.execute(HttpAsyncMethods.create(request), new IntoFile(world, file), null));
      // How much of what broke off came into the file is chance: what the network put together.
      if (type != null) {
        // By chance the library leaves a hole before what it copies, with nobody watching as well.
        world.seen.body("file", new String(Files.readAllBytes(file), UTF_8).replace("\0", ""));
      }
    } finally {
      Files.delete(file);
    }
  }

  /** Copies nothing where the library knows how to. */
  private static final class IntoFile extends ZeroCopyConsumer<String> {
    private final World world;

    IntoFile(World world, Path file) throws java.io.IOException {
      super(file.toFile());
      this.world = world;
    }

    @Override
    protected String process(HttpResponse response, java.io.File file, ContentType type)
        throws Exception {
      Apache4Cases.head(world, response);
      return String.valueOf(type);
    }
  }

  // What the programs are made of.

  static void own(World world, CloseableHttpAsyncClient client, HttpUriRequest request)
      throws Exception {
    try (client) {
      client.start();
      Apache4Consumer consumer = new Apache4Consumer(world);
      consumer.result(sent(client, request, consumer));
    }
  }

  static void own(World world, CloseableHttpAsyncClient client) throws Exception {
    own(world, client, question(world.url(CHAT_PATH), QUESTION));
  }

  static Future<String> sent(
      CloseableHttpAsyncClient client, HttpUriRequest request, Apache4Consumer consumer) {
    return client.execute(HttpAsyncMethods.create(request), consumer, null);
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
    return HttpAsyncClients.custom().setDefaultIOReactorConfig(oneThread());
  }

  static CloseableHttpAsyncClient minimal() {
    try {
      return HttpAsyncClients.createMinimal(
          new PoolingNHttpClientConnectionManager(new DefaultConnectingIOReactor(oneThread())));
    } catch (IOReactorException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Which ends soon when it is told to. */
  static IOReactorConfig oneThread() {
    return IOReactorConfig.custom().setIoThreadCount(1).setSelectInterval(20).build();
  }

  static HttpPost question(String url, String body) {
    HttpPost request = new HttpPost(url);
    request.addHeader("X-Second", "2");
    request.addHeader("Authorization", "Bearer secret");
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    return request;
  }
}
