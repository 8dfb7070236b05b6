package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final long DOLLAR = 1_000_000_000_000L;
  private static final int THREADS = 64;
  private static final String POLICY =
      """
      budgets:
      - name: ten
        limit: $10
        window: month
        action: block
      - name: customers
        each: customer_id
        limit: $4
        window: month
        action: block
      """;

  /** What one thread saw. */
  private static final class Tally {
    long spent;
    long admitted;
    long blocked;
  }

  @Test
  void underManyThreadsNothingIsSpentBeyondTheLimitAndNobodyIsStoppedByAGhost() throws Exception {
    try (Rig rig = new Rig(POLICY)) {
      AtomicLong worst = new AtomicLong();
      List<Tally> tallies =
          run(
              (random, tally) -> {
                CallTo call =
                    CallTo.model("gpt-5.5").by("c" + random.nextInt(3)).bytes(2).atMost(2_000);
                Decision decision = rig.admit(call);
                if (decision instanceof Blocked blocked) {
                  assertThat(blocked.spent() + blocked.reserved() + blocked.needed())
                      .isGreaterThan(blocked.limit());
                  tally.blocked++;
                  return;
                }
                tally.admitted++;
                worst.accumulateAndGet(rig.spent("ten", "") + rig.reserved("ten", ""), Math::max);
                Reservation reservation = (Reservation) decision;
                if (random.nextInt(4) == 0) {
                  reservation.release();
                } else {
                  // As much as it may, or less.
                  long cost = 5_000_000L + random.nextInt(2_001) * 30_000_000L;
                  reservation.settle(Rig.cost(cost));
                  tally.spent += cost;
                }
              });
      assertThat(worst.get()).isLessThanOrEqualTo(10 * DOLLAR);
      assertThat(rig.spent("ten", "")).isEqualTo(tallies.stream().mapToLong(t -> t.spent).sum());
      assertThat(rig.spent("ten", "")).isLessThanOrEqualTo(10 * DOLLAR);
      assertThat(rig.reserved("ten", "")).isZero();
      assertThat(tallies.stream().mapToLong(t -> t.blocked).sum()).isPositive();
      long customers = 0;
      for (int i = 0; i < 3; i++) {
        assertThat(rig.spent("customers", "c" + i)).isLessThanOrEqualTo(4 * DOLLAR);
        assertThat(rig.reserved("customers", "c" + i)).isZero();
        customers += rig.spent("customers", "c" + i);
      }
      assertThat(customers).isEqualTo(rig.spent("ten", ""));
      // What is left is there for whoever fits.
      assertThat(10 * DOLLAR - rig.spent("ten", "")).isLessThan(5_000_000L + 2_000 * 30_000_000L);
    }
  }

  @Test
  void aReservationThatManyEndIsEndedOnce() throws Exception {
    try (Rig rig = new Rig(POLICY)) {
      List<Reservation> reservations = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        reservations.add(rig.admitted(CallTo.model("gpt-5.5").bytes(2).atMost(100)));
      }
      AtomicLong settled = new AtomicLong();
      run(
          (random, tally) -> {
            Reservation one = reservations.get(random.nextInt(1_000));
            if (random.nextBoolean()) {
              if (one.settle(Rig.cost(1))) {
                settled.incrementAndGet();
              }
            } else if (random.nextBoolean()) {
              one.release();
            } else {
              one.expire();
            }
          });
      reservations.forEach(Reservation::release);
      assertThat(rig.reserved("ten", "")).isZero();
      assertThat(rig.spent("ten", "")).isEqualTo(settled.get());
    }
  }

  private interface Step {
    void take(Random random, Tally tally);
  }

  private static List<Tally> run(Step step) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Thread> threads = new ArrayList<>();
    List<Tally> tallies = new ArrayList<>();
    List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < THREADS; i++) {
      Tally tally = new Tally();
      tallies.add(tally);
      Random random = new Random(i);
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                  for (int n = 0; n < 500; n++) {
                    step.take(random, tally);
                  }
                } catch (Throwable fault) {
                  faults.add(fault);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(faults).isEmpty();
    return tallies;
  }
}
