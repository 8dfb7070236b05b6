package io.costattr.it.differential;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Asks for one buffer at a time, keeps some of them for a while, and looks at their state. */
final class ReactorNettySubscriber extends BaseSubscriber<ByteBuf> {
  private static final int KEPT = 3;

  private final World world;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private ByteBuf kept;
  private byte[] expected;
  private int count;

  ReactorNettySubscriber(World world) {
    this.world = world;
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    subscription.request(1);
  }

  @Override
  protected void hookOnNext(ByteBuf buffer) {
    read.writeBytes(ByteBufUtil.getBytes(buffer));
    if (++count % KEPT == 0) {
      letGo();
      kept = buffer.retain();
      expected = ByteBufUtil.getBytes(buffer);
    }
    begun.countDown();
    request(1);
  }

  @Override
  protected void hookOnError(Throwable thrown) {
    world.seen.failure("subscriber", thrown);
    end();
  }

  @Override
  protected void hookOnComplete() {
    end();
  }

  private void end() {
    letGo();
    world.seen.thread("end");
    world.seen.body("body", read.toByteArray());
    done.countDown();
  }

  private void letGo() {
    ByteBuf buffer = kept;
    kept = null;
    if (buffer != null) {
      if (buffer.readerIndex() != buffer.writerIndex() - expected.length
          || !Arrays.equals(ByteBufUtil.getBytes(buffer), expected)) {
        world.seen.say("kept", "something else");
      }
      buffer.release();
    }
  }

  void awaitBegun() {
    await(begun);
  }

  void await() {
    await(done);
  }

  private void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        world.seen.say("waited", "too long");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
