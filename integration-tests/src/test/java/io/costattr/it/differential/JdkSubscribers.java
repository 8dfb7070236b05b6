package io.costattr.it.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** Subscribers of the application's own. */
final class JdkSubscribers {
  private JdkSubscribers() {}

  /** Takes a publisher's lists one at a time. */
  static final class Slow implements Flow.Subscriber<List<ByteBuffer>> {
    private final World world;
    private final CountDownLatch done = new CountDownLatch(1);
    private final java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
    private Flow.Subscription subscription;

    Slow(World world) {
      this.world = world;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        read.writeBytes(bytes);
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable thrown) {
      world.seen.body("body", read.toByteArray());
      world.seen.failure("publisher", thrown);
      done.countDown();
    }

    @Override
    public void onComplete() {
      world.seen.body("body", read.toByteArray());
      world.seen.eitherThread("onComplete");
      done.countDown();
    }

    void await() {
      try {
        world.seen.say("ended", done.await(30, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A subscriber of the application's own, which asks for one list at a time and may throw. */
  static class Own implements BodySubscriber<String> {
    static final int NEVER = Integer.MAX_VALUE;

    private final World world;
    private final int throwAt;
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
    private Flow.Subscription subscription;
    private int count;

    Own(World world, int throwAt) {
      this.world = world;
      this.throwAt = throwAt;
    }

    @Override
    public CompletionStage<String> getBody() {
      world.kept.put("getBody", Thread.currentThread().getName());
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      world.seen.eitherThread("onSubscribe");
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      if (count++ == throwAt) {
        throw new IllegalStateException("onNext");
      }
      for (ByteBuffer buffer : buffers) {
        world.kept.put("position", buffer.position());
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        read.writeBytes(bytes);
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable thrown) {
      world.seen.eitherThread("onError");
      world.seen.failure("subscriber", thrown);
      body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      world.seen.eitherThread("onComplete");
      body.complete(read.toString(UTF_8));
    }
  }

  /** Cancels with the first bytes, and is content with them. */
  static final class Cancelling extends Own {
    private Flow.Subscription own;
    private final CompletableFuture<String> first = new CompletableFuture<>();

    Cancelling(World world) {
      super(world, NEVER);
    }

    @Override
    public CompletionStage<String> getBody() {
      return first;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      own = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      own.cancel();
      first.complete("enough");
    }
  }

  static final class Lines implements Flow.Subscriber<String> {
    private final World world;

    Lines(World world) {
      this.world = world;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      world.seen.body("line", line);
    }

    @Override
    public void onError(Throwable thrown) {
      world.seen.failure("lines", thrown);
    }

    @Override
    public void onComplete() {
      world.seen.say("lines", "complete");
    }
  }
}
