package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpField;

/** Jetty's HTTP client 12 as applications use it: blocking, with listeners, with streams. */
final class JettyCases {
  static final Script ANSWER = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);

  /** Longer than any answer. */
  private static final int MOST = 64 << 20;

  private JettyCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("whole", shape, JettyCases::whole));
      all.add(shaped("listener", shape, JettyCases::listener));
      all.add(shaped("one-at-a-time", shape, JettyCases::oneAtATime));
      all.add(shaped("stream", shape, JettyCases::stream));
    }
    all.addAll(JettyRequests.cases());
    all.addAll(JettyEndings.cases());
    all.addAll(JettyHttp2.cases());
    return all;
  }

  /** What the application does with a client that is running. */
  interface Sending {
    void run(World world, Request request) throws Exception;
  }

  /** What the application does with a request that is ready. */
  interface Using {
    void run(HttpClient client) throws Exception;
  }

  private static Case shaped(String name, Shape shape, Sending sending) {
    return new Case(
        name + "/" + shape.name(),
        shape.script(),
        w ->
            using(
                new HttpClient(),
                client -> sending.run(w, question(client, w.url(shape.path()), shape.question()))),
        shape.ledger());
  }

  static void using(HttpClient client, Using program) throws Exception {
    client.start();
    try {
      program.run(client);
    } finally {
      client.stop();
    }
  }

  static void asked(World world, Sending sending) throws Exception {
    using(
        new HttpClient(),
        client -> sending.run(world, question(client, world.url(CHAT_PATH), QUESTION)));
  }

  static Request question(HttpClient client, String url, String body) {
    return client
        .POST(url)
        .headers(headers -> headers.put("Authorization", "Bearer secret").put("X-Second", "2"))
        .body(new StringRequestContent("application/json", body));
  }

  static void whole(World world, Request request) throws Exception {
    try {
      ContentResponse response =
          new CompletableResponseListener(request, MOST).send().get(30, TimeUnit.SECONDS);
      head(world, response);
      world.seen.body("body", response.getContent());
      world.seen.say("media type", response.getMediaType() + " " + response.getEncoding());
    } catch (ExecutionException e) {
      world.seen.kind("request", e.getCause());
    }
  }

  static void listener(World world, Request request) throws Exception {
    JettyListener listener = new JettyListener(world);
    request.send(listener);
    listener.await();
  }

  /** Asks for the next piece when the last one has been looked at. */
  static void oneAtATime(World world, Request request) throws Exception {
    JettyListener listener = new JettyListener(world);
    request
        .onResponseContentAsync(
            (response, chunk, demander) -> {
              ByteBuffer bytes = chunk.getByteBuffer();
              world.seen.say("read-only", bytes.isReadOnly());
              listener.add(bytes);
              demander.run();
            })
        .send(listener.withoutContent());
    listener.await();
  }

  static void stream(World world, Request request) throws Exception {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    request.send(listener);
    try {
      // Its headers are changed while the body is read.
      world.seen.say("status", listener.get(30, TimeUnit.SECONDS).getStatus());
    } catch (ExecutionException e) {
      world.seen.kind("head", e.getCause());
      return;
    }
    try (InputStream in = listener.getInputStream()) {
      world.seen.body("body", in.readAllBytes());
    } catch (java.io.IOException e) {
      world.seen.kind("body", e);
    }
  }

  static void head(World world, Response response) {
    world.seen.say("status", response.getVersion() + " " + response.getStatus());
    world.seen.say("reason", response.getReason());
    for (HttpField field : response.getHeaders()) {
      world.seen.say("  header", field.getName() + ": " + field.getValue());
    }
  }
}
