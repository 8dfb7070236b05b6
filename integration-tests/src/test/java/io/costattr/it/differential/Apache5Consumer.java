package io.costattr.it.differential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** An application's own consumer, which takes a few bytes at a time and notes all it is told. */
final class Apache5Consumer implements AsyncResponseConsumer<String> {
  private final World world;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean ended;
  private FutureCallback<String> callback;

  Apache5Consumer(World world) {
    this.world = world;
  }

  /** Waits until 700 bytes have come. */
  void awaitBegun() throws InterruptedException {
    world.seen.say("begun", begun.await(30, TimeUnit.SECONDS));
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {
    world.seen.say("information", response);
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      EntityDetails entity,
      HttpContext context,
      FutureCallback<String> resultCallback)
      throws IOException {
    if (world.kept.containsKey("throw at the head")) {
      throw new IllegalStateException("the consumer's, at the head");
    }
    Apache5AsyncCases.head(world, response);
    if (entity == null) {
      world.seen.say("entity", "none");
      ended = true;
      resultCallback.completed("no body");
      return;
    }
    world.seen.say("length", entity.getContentLength() + " chunked " + entity.isChunked());
    world.seen.say("type", entity.getContentType() + " " + entity.getContentEncoding());
    world.seen.say("trailers", entity.getTrailerNames());
    callback = resultCallback;
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(64);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    if (world.kept.containsKey("throw at a byte")) {
      throw new IllegalStateException("the consumer's, at a byte");
    }
    while (bytes.hasRemaining()) {
      body.write(bytes.get());
    }
    if (body.size() >= 700) {
      begun.countDown();
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    world.seen.body("body", body.toByteArray());
    world.seen.say("trailers", trailers);
    ended = true;
    callback.completed(body.size() + " bytes");
  }

  @Override
  public void failed(Exception cause) {
    // How much came before it is chance; and behind the end, whether the client is closed before it
    // has taken its connection back.
    if (!ended) {
      world.seen.failure("consumer", cause);
    }
  }

  @Override
  public void releaseResources() {}
}
