package io.costattr.it.differential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;

/** An application's own consumer, which takes a few bytes at a time and notes all it is told. */
final class Apache4Consumer implements HttpAsyncResponseConsumer<String> {
  private final World world;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean done;
  private volatile Exception exception;

  Apache4Consumer(World world) {
    this.world = world;
  }

  /** Waits until 700 bytes have come. */
  void awaitBegun() throws InterruptedException {
    world.seen.say("begun", begun.await(30, TimeUnit.SECONDS));
  }

  /** Waits for what the library does last, and says what became of the future. */
  void result(Future<String> future) throws Exception {
    world.seen.say("closed", closed.await(30, TimeUnit.SECONDS));
    // The minimal client tells its consumer alone of a failure.
    world.seen.say(
        "result", future.isDone() ? Apache4AsyncCases.result(world, future) : "not done");
  }

  @Override
  public void responseReceived(HttpResponse response) throws IOException {
    if (world.kept.containsKey("throw at the head")) {
      throw new IllegalStateException("the consumer's, at the head");
    }
    world.seen.say(
        "status", response.getProtocolVersion() + " " + response.getStatusLine().getStatusCode());
    for (var header : response.getAllHeaders()) {
      world.seen.say("  header", header.getName() + ": " + header.getValue());
    }
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      world.seen.say("length", entity.getContentLength() + " chunked " + entity.isChunked());
      world.seen.say("type", entity.getContentType() + " " + entity.getContentEncoding());
    }
  }

  @Override
  public void consumeContent(ContentDecoder decoder, IOControl control) throws IOException {
    if (world.kept.containsKey("throw at a byte")) {
      throw new IllegalStateException("the consumer's, at a byte");
    }
    ByteBuffer few = ByteBuffer.allocate(99).position(3);
    int count = decoder.read(few);
    for (few.flip().position(3); few.hasRemaining(); ) {
      body.write(few.get());
    }
    if (world.kept.containsKey("enough at once") && count > 0) {
      done = true;
    }
    if (body.size() >= 700) {
      begun.countDown();
    }
    if (world.kept.containsKey("slowly") && !decoder.isCompleted()) {
      control.suspendInput();
      JdkCases.daemon(control::requestInput).start();
    }
  }

  @Override
  public void responseCompleted(HttpContext context) {
    world.seen.body("body", body.toByteArray());
    done = true;
  }

  @Override
  public void failed(Exception cause) {
    if (!done) {
      // How much came before it is chance.
      world.seen.failure("consumer", cause);
    }
    exception = cause;
    done = true;
  }

  @Override
  public Exception getException() {
    return exception;
  }

  @Override
  public String getResult() {
    return body.size() + " bytes";
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public boolean cancel() {
    done = true;
    return true;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
