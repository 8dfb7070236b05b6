package io.costattr.it.differential;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads a response of Vert.x by its handlers, and notes what they are told. */
final class VertxReader {
  private final World world;
  private final Buffer body = Buffer.buffer();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Promise<Void> ended = Promise.promise();

  VertxReader(World world) {
    this.world = world;
  }

  /** Waits for the first 700 bytes. */
  void awaitBegun() throws InterruptedException {
    begun.await(30, TimeUnit.SECONDS);
  }

  Future<Void> read(HttpClientResponse response) {
    VertxCases.head(world, response);
    if (world.kept.containsKey("throw at the head")) {
      throw new IllegalStateException("the handler's, at the head");
    }
    response.handler(this::add);
    return end(response);
  }

  /** Asks for the next piece when the last one has been looked at. */
  Future<Void> readOneAtATime(HttpClientResponse response) {
    VertxCases.head(world, response);
    response.pause();
    response.handler(
        bytes -> {
          add(bytes);
          response.fetch(1);
        });
    end(response);
    response.fetch(1);
    return ended.future();
  }

  /** Reads 700 bytes, and asks for no more. */
  Future<Void> readNoFurther(HttpClientResponse response) {
    VertxCases.head(world, response);
    response.pause();
    response.handler(
        bytes -> {
          add(bytes);
          if (body.length() < 700) {
            response.fetch(1);
          }
        });
    end(response);
    response.fetch(1);
    return ended.future();
  }

  private Future<Void> end(HttpClientResponse response) {
    response.exceptionHandler(this::failed);
    response.endHandler(
        end -> {
          world.seen.body("body", body.getBytes());
          world.seen.say("trailers", response.trailers().entries());
          ended.complete();
        });
    return ended.future();
  }

  private void add(Buffer bytes) {
    if (world.kept.containsKey("throw at a byte") && body.length() == 0) {
      body.appendBuffer(bytes);
      throw new IllegalStateException("the handler's, at a byte");
    }
    body.appendBuffer(bytes);
    if (body.length() >= 700) {
      begun.countDown();
    }
  }

  /** Further failures may follow the first, or may not. */
  void failed(Throwable failure) {
    ended.tryFail(failure);
  }

  /** Waits for the end. */
  void await() throws Exception {
    VertxCases.result(world, ended.future());
  }
}
