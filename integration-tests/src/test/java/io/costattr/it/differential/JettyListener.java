package io.costattr.it.differential;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;

/** Notes all that Jetty's client tells. */
final class JettyListener implements Response.Listener {
  private final World world;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  JettyListener(World world) {
    this.world = world;
  }

  void await() throws InterruptedException {
    world.seen.say("ended", ended.await(30, TimeUnit.SECONDS));
  }

  /** Waits for the first 700 bytes. */
  void awaitBegun() throws InterruptedException {
    begun.await(30, TimeUnit.SECONDS);
  }

  void add(ByteBuffer bytes) {
    synchronized (body) {
      while (bytes.hasRemaining()) {
        body.write(bytes.get());
      }
    }
    if (body.size() >= 700) {
      begun.countDown();
    }
  }

  /** The same for a request whose content somebody else reads. */
  Response.CompleteListener withoutContent() {
    return new Rest();
  }

  @Override
  public void onBegin(Response response) {
    world.seen.say("begins", response.getStatus());
    if (world.kept.containsKey("throw at the beginning")) {
      throw new IllegalStateException("the listener's, at the beginning");
    }
  }

  @Override
  public boolean onHeader(Response response, HttpField field) {
    world.seen.say("  field", field);
    return !field.getName().equals("Set-Cookie");
  }

  @Override
  public void onHeaders(Response response) {
    JettyCases.head(world, response);
    if (world.kept.containsKey("throw at the head")) {
      throw new IllegalStateException("the listener's, at the head");
    }
  }

  @Override
  public void onContent(Response response, ByteBuffer bytes) {
    if (world.kept.containsKey("throw at a byte")) {
      throw new IllegalStateException("the listener's, at a byte");
    }
    add(bytes);
  }

  @Override
  public void onSuccess(Response response) {
    world.seen.body("body", body.toByteArray());
  }

  @Override
  public void onFailure(Response response, Throwable failure) {
    world.seen.kind("response", failure);
  }

  @Override
  public void onComplete(Result result) {
    if (result.isSucceeded()) {
      world.seen.say("trailers", result.getResponse().getTrailers());
    } else {
      world.seen.kind("result", result.getFailure());
    }
    ended.countDown();
  }

  private final class Rest
      implements Response.BeginListener,
          Response.HeadersListener,
          Response.SuccessListener,
          Response.FailureListener,
          Response.CompleteListener {
    @Override
    public void onBegin(Response response) {
      JettyListener.this.onBegin(response);
    }

    @Override
    public void onHeaders(Response response) {
      JettyListener.this.onHeaders(response);
    }

    @Override
    public void onSuccess(Response response) {
      JettyListener.this.onSuccess(response);
    }

    @Override
    public void onFailure(Response response, Throwable failure) {
      JettyListener.this.onFailure(response, failure);
    }

    @Override
    public void onComplete(Result result) {
      JettyListener.this.onComplete(result);
    }
  }
}
