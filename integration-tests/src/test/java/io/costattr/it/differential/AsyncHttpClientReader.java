package io.costattr.it.differential;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** A handler of async-http-client's, which notes what it is told. */
final class AsyncHttpClientReader implements AsyncHandler<String> {
  private final World world;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile @Nullable Throwable failure;

  AsyncHttpClientReader(World world) {
    this.world = world;
  }

  /** Waits for the first 700 bytes. */
  void awaitBegun() throws InterruptedException {
    begun.await(30, TimeUnit.SECONDS);
  }

  /** What has come, when there is no more: the future may tell of a failure before the handler. */
  void tell() throws InterruptedException {
    ended.await(30, TimeUnit.SECONDS);
    if (failure != null) {
      world.seen.kind("handler", failure);
    }
    synchronized (this) {
      world.seen.body("body", body.toByteArray());
    }
  }

  @Override
  public State onStatusReceived(HttpResponseStatus status) {
    world.seen.say("status", status.getStatusCode() + " " + status.getStatusText());
    return told("status");
  }

  @Override
  public State onHeadersReceived(HttpHeaders headers) {
    for (Map.Entry<String, String> header : headers) {
      world.seen.say("  header", header.getKey() + ": " + header.getValue());
    }
    return told("headers");
  }

  @Override
  public synchronized State onBodyPartReceived(HttpResponseBodyPart part) {
    body.writeBytes(part.getBodyPartBytes());
    if (body.size() >= 700) {
      begun.countDown();
      return told("body");
    }
    return State.CONTINUE;
  }

  @Override
  public State onTrailingHeadersReceived(HttpHeaders headers) {
    world.seen.say("trailers", headers.entries());
    return State.CONTINUE;
  }

  @Override
  public void onThrowable(Throwable thrown) {
    failure = thrown;
    ended.countDown();
  }

  @Override
  public String onCompleted() {
    ended.countDown();
    return "completed";
  }

  private State told(String what) {
    if (world.kept.containsKey("throw at the " + what)) {
      throw new IllegalStateException("the handler's, at the " + what);
    }
    return world.kept.containsKey("abort at the " + what) ? State.ABORT : State.CONTINUE;
  }
}
