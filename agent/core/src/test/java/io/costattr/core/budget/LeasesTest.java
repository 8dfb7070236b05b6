package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** JVMs that share a store draw what they spend in leases. */
class LeasesTest {
  private static final long DOLLAR = 1_000_000_000_000L;
  private static final long CENT = DOLLAR / 100;

  /** 10,001 pico-USD at most. */
  private static final CallTo SMALL = CallTo.model("gpt-5.5").bytes(2).atMost(100);

  private static final long NEED = 5_000_000L + 100 * 30_000_000L;

  private static final String POLICY =
      "budgets: [{name: ten, limit: $10, window: month, action: block, thresholds: [50, 100]}]";

  private final SharedStore shared = new SharedStore();
  private final List<Rig> rigs = new ArrayList<>();

  private Rig rig(String policy, BudgetStore store) {
    Rig rig = new Rig(policy, store, Duration.ofMillis(500), Duration.ofMinutes(15));
    rigs.add(rig);
    return rig;
  }

  @AfterEach
  void close() {
    rigs.forEach(Rig::close);
  }

  @Test
  void manyThreadsInFourJvmsSpendNoMoreThanThereIsAndAllOfIt() throws Exception {
    AtomicLong spent = new AtomicLong();
    AtomicLong calls = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    for (int jvm = 0; jvm < 4; jvm++) {
      Rig rig = rig(POLICY, shared.connect());
      for (int i = 0; i < 16; i++) {
        Random random = new Random(jvm * 100L + i);
        Thread thread = new Thread(() -> spendUntilBlocked(rig, random, spent, calls));
        thread.setUncaughtExceptionHandler((in, fault) -> faults.add(fault));
        threads.add(thread);
        thread.start();
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(faults).isEmpty();
    close();
    assertThat(shared.spent()).isEqualTo(spent.get()).isLessThanOrEqualTo(10 * DOLLAR);
    // Each JVM stopped when less was left than a call may need, of all that nobody else held.
    assertThat(spent.get()).isGreaterThan(9 * DOLLAR);
    assertThat(calls.get()).isPositive();
    assertThat(rigs.stream().mapToLong(rig -> rig.notices.size()).sum()).isLessThanOrEqualTo(2);
    rigs.clear();
  }

  private static void spendUntilBlocked(
      Rig rig, Random random, AtomicLong spent, AtomicLong calls) {
    while (true) {
      Decision decision = rig.admit(SMALL);
      if (!(decision instanceof Reservation reservation)) {
        return;
      }
      long cost = 1 + random.nextInt(3_000_000) * 1_000L;
      spent.addAndGet(cost);
      calls.incrementAndGet();
      reservation.settle(Rig.cost(cost));
    }
  }

  @Test
  void atSteadyLoadTheStoreIsAskedForNotOneCallInTen() {
    Rig rig = rig(POLICY.replace("$10", "$1000"), shared.connect());
    for (int i = 0; i < 5_000; i++) {
      rig.admitted(SMALL).settle(Rig.cost(CENT / 10));
    }
    assertThat(shared.exchanges.get()).isLessThan(500);
  }

  @Test
  void withinALeaseTheStoreIsNotAsked() {
    Rig rig = rig(POLICY, shared.connect());
    rig.admitted(SMALL);
    long asked = shared.exchanges.get();
    rig.admitted(SMALL);
    assertThat(shared.exchanges.get()).isEqualTo(asked);
  }

  @Test
  void whatOneJvmSpendsAnotherCannot() {
    Rig one = rig(POLICY, shared.connect());
    Rig other = rig(POLICY, shared.connect());
    one.spend(SMALL, 10 * DOLLAR - NEED);
    one.awaitPosted("ten", "");
    Reservation last = other.admitted(SMALL);
    assertThat(one.blocked(SMALL).reason()).isEqualTo(Blocked.Reason.EXCEEDED);
    last.release();
    other.budgets.close(Duration.ofSeconds(20));
    one.admitted(SMALL);
  }

  @Test
  void aLeaseOfAJvmThatIsGoneExpires() {
    SharedStore.Connection line = shared.connect();
    Rig gone = rig(POLICY, line);
    Rig other = rig(POLICY, shared.connect());
    other.spend(SMALL, 10 * DOLLAR - NEED);
    other.awaitPosted("ten", "");
    gone.admitted(SMALL);
    other.blocked(SMALL);
    line.cut = true;
    shared.expireLeases();
    other.admitted(SMALL);
  }

  @Test
  void whileTheStoreIsDownOpenBudgetsGoOnByWhatIsKnownAndClosedOnesBlock() {
    String closed = POLICY.replace("action: block", "action: block, fail: closed");
    SharedStore.Connection line = shared.connect();
    SharedStore.Connection otherLine = shared.connect();
    Rig open = rig(POLICY, line);
    Rig shut = rig(closed, otherLine);
    open.admitted(SMALL).settle(Rig.cost(CENT));
    open.awaitPosted("ten", "");
    line.cut = true;
    otherLine.cut = true;
    assertThat(shut.blocked(SMALL).reason()).isEqualTo(Blocked.Reason.STORE_DOWN);
    while (open.spent("ten", "") < 10 * DOLLAR - NEED) {
      open.admitted(SMALL).settle(Rig.cost(CENT));
    }
    assertThat(open.blocked(SMALL).reason()).isEqualTo(Blocked.Reason.EXCEEDED);
    assertThat(shared.spent()).isEqualTo(CENT);

    line.cut = false;
    otherLine.cut = false;
    Rig.await(() -> shared.spent() == open.spent("ten", ""));
    Rig.await(
        () ->
            shut.admit(SMALL) instanceof Blocked blocked
                && blocked.reason() == Blocked.Reason.EXCEEDED);
  }

  @Test
  void anAnswerThatIsLostIsNoReasonToCountTwice() {
    SharedStore.Connection line = shared.connect();
    Rig rig = rig(POLICY, line);
    rig.admitted(SMALL);
    line.deaf = true;
    rig.spend(SMALL, CENT);
    Rig.await(() -> shared.spent() == CENT);
    rig.spend(SMALL, CENT);
    line.deaf = false;
    Rig.await(() -> shared.spent() == 2 * CENT);
    rig.awaitPosted("ten", "");
    assertThat(shared.spent()).isEqualTo(2 * CENT);
    assertThat(rig.spent("ten", "")).isEqualTo(2 * CENT);
  }

  @Test
  void aThresholdIsSaidByOneJvmOfTheFleet() {
    Rig one = rig(POLICY, shared.connect());
    Rig other = rig(POLICY, shared.connect());
    one.spend(SMALL, 6 * DOLLAR);
    one.awaitNotices(1);
    other.spend(SMALL, 1);
    other.awaitSpent("ten", "", 6 * DOLLAR + 1);
    other.spend(SMALL, 4 * DOLLAR);
    other.awaitNotices(1);
    assertThat(one.notices).extracting(BudgetNotice::percent).containsExactly(50);
    assertThat(other.notices).extracting(BudgetNotice::percent).containsExactly(100);
  }
}
