package io.costattr.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EntryQueueTest {

  @Property(tries = 200)
  void isAQueueWithABound(
      @ForAll @Size(max = 100) List<Boolean> offers, @ForAll @IntRange(min = 1, max = 9) int size) {
    EntryQueue queue = new EntryQueue(size);
    List<Entry> model = new ArrayList<>();
    long accepted = 0;
    for (boolean offer : offers) {
      if (offer) {
        Entry entry = new Numbered(model.size());
        if (model.size() == queue.capacity()) {
          assertThat(queue.offer(entry)).isZero();
        } else {
          assertThat(queue.offer(entry)).isEqualTo(model.size() + 1);
          model.add(entry);
          accepted++;
        }
      } else {
        Entry polled = queue.poll();
        assertThat(polled).isSameAs(model.isEmpty() ? null : model.remove(0));
      }
      assertThat(queue.size()).isEqualTo(model.size());
      assertThat(queue.accepted()).isEqualTo(accepted);
    }
    queue.seal();
    assertThat(queue.offer(new Numbered(0))).isZero();
    assertThat(queue.size()).isEqualTo(model.size());
    assertThat(queue.accepted()).isEqualTo(accepted);
  }

  @Test
  void losesAndDoublesNothingBetweenThreadsUpToTheMomentItIsSealed() throws Exception {
    EntryQueue queue = new EntryQueue(64);
    int producers = 4;
    LongAdder taken = new LongAdder();
    CountDownLatch running = new CountDownLatch(producers);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      Thread thread =
          new Thread(
              () -> {
                running.countDown();
                while (!queue.isSealed()) {
                  if (queue.offer(new Numbered(0)) > 0) {
                    taken.increment();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    running.await();
    long polled = 0;
    while (polled < 200_000) {
      polled += queue.poll() == null ? 0 : 1;
    }
    queue.seal();
    for (Thread thread : threads) {
      thread.join();
    }
    while (queue.size() > 0) {
      polled += queue.poll() == null ? 0 : 1;
    }
    assertThat(polled).isEqualTo(taken.sum()).isEqualTo(queue.accepted());
    assertThat(queue.poll()).isNull();
  }

  private record Numbered(int number) implements Entry {
    @Override
    public CostEvent settle() {
      throw new UnsupportedOperationException();
    }
  }
}
