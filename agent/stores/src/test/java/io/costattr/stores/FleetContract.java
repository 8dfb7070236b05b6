package io.costattr.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.Blocked;
import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.budget.Decision;
import io.costattr.core.budget.Reservation;
import io.costattr.loopback.servers.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many JVMs with budgets over one server. */
abstract class FleetContract {
  static final long DOLLAR = 1_000_000_000_000L;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final int JVMS = 4;
  private static final int KILLS = 6;

  @TempDir private Path folder;
  private final List<Member> members = new ArrayList<>();
  private final String name = "b" + System.nanoTime();

  /** As a configuration names it. */
  abstract String address();

  abstract void killServer() throws Exception;

  /** With all that it had, or with nothing, as the server is set up. */
  abstract void restartServer() throws Exception;

  @AfterEach
  void close() {
    members.forEach(Member::close);
  }

  private Path policy(String more) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "costattr", ".yaml"),
        "budgets: [{name: " + name + ", window: month, " + more + "}]");
  }

  private Member member(String policy, Duration ahead) throws IOException {
    InstantSource clock = () -> Instant.now().plus(ahead);
    Member member = new Member(policy(policy), Member.store(address(), clock, LEASE), clock);
    members.add(member);
    return member;
  }

  private Member member(String policy) throws IOException {
    return member(policy, Duration.ZERO);
  }

  /** What the store has of the budget. */
  private long stored() throws IOException {
    NetworkStore store = Member.store(address(), InstantSource.system(), LEASE);
    try {
      return store.spent(name + "/usd/month,UTC", 0).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    } finally {
      store.close(Duration.ZERO);
    }
  }

  private void awaitStored(long amount) throws Exception {
    Programs.await(
        () -> {
          try {
            return stored() == amount;
          } catch (IOException down) {
            return false;
          }
        });
  }

  @Test
  void sixtyFourThreadsInFourJvmsSpendNoMoreThanThereIs() throws Exception {
    Path policy = policy("limit: $10, action: block");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < JVMS; i++) {
      processes.add(
          Member.start(
              Member.UntilBlocked.class,
              folder.resolve("spent-" + i),
              policy.toString(),
              address(),
              "30000",
              "16"));
    }
    long spent = 0;
    for (int i = 0; i < JVMS; i++) {
      assertThat(processes.get(i).waitFor()).isZero();
      String[] words = Files.readString(folder.resolve("spent-" + i)).strip().split(" ");
      spent += Long.parseLong(words[0]);
    }
    // No call cost more than was reserved for it.
    assertThat(stored()).isEqualTo(spent).isLessThanOrEqualTo(10 * DOLLAR);
    assertThat(spent).isGreaterThan(9 * DOLLAR);
  }

  @Test
  void jvmsThatAreKilledLoseNothingThatWasPostedAndBlockNobody() throws Exception {
    Path policy = policy("limit: $5000, action: block");
    Random random = new Random(20261129);
    long atLeast = 0;
    long atMost = 0;
    for (int round = 0; round < KILLS; round++) {
      List<Path> acks = new ArrayList<>();
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        acks.add(Files.write(folder.resolve("acks-" + round + "-" + i), new byte[16]));
        processes.add(
            Member.start(
                Member.UntilKilled.class,
                null,
                policy.toString(),
                address(),
                String.valueOf(LEASE.toMillis()),
                acks.get(i).toString()));
      }
      for (int i = 0; i < 2; i++) {
        Path ack = acks.get(i);
        Programs.await(() -> Member.read(ack, 8) > 0);
        long until = Member.read(ack, 0) + random.nextInt(2_000);
        Programs.await(() -> Member.read(ack, 0) >= until);
        processes.get(i).destroyForcibly().waitFor();
      }
      for (Path ack : acks) {
        atLeast += Member.read(ack, 8);
        atMost += Member.read(ack, 0) + 1;
      }
      long spent = stored();
      assertThat(spent).as("round " + round).isBetween(atLeast, atMost);
      atLeast = spent;
      atMost = spent;
    }
    // Their leases run out, and all that they had reserved is free.
    Member next = member("limit: 0.01 USD, action: block");
    Programs.await(
        () -> {
          List<Decision> decisions = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            decisions.add(next.admit("acme"));
          }
          for (Decision decision : decisions) {
            if (decision instanceof Reservation reservation) {
              reservation.release();
            }
          }
          return decisions.stream().allMatch(Reservation.class::isInstance);
        });
  }

  @Test
  void whileTheServerIsGoneEachGoesOnAsItsBudgetSaysAndNothingIsLost() throws Exception {
    Member open = member("limit: $10, action: block");
    Member other = member("limit: $10, action: block");
    Member closed = member("limit: $10, action: block, fail: closed");
    open.spend("acme", DOLLAR);
    other.spend("acme", 2 * DOLLAR);
    closed.spend("acme", DOLLAR / 2);
    awaitStored(7 * DOLLAR / 2);
    Programs.await(() -> open.spent("acme") == 7 * DOLLAR / 2);

    killServer();
    open.spend("acme", DOLLAR);
    other.spend("acme", DOLLAR);
    closed.spend("acme", 1);
    Programs.await(() -> !open.budgets.isStoreUp() && !closed.budgets.isStoreUp());
    assertThat(open.admit("acme")).isInstanceOf(Reservation.class);
    Decision decision = closed.admit("acme");
    assertThat(decision)
        .isInstanceOfSatisfying(
            Blocked.class,
            blocked -> assertThat(blocked.reason()).isEqualTo(Blocked.Reason.STORE_DOWN));

    restartServer();
    open.spend("acme", 1);
    other.spend("acme", 1);
    awaitStored(11 * DOLLAR / 2 + 3);
    Programs.await(() -> closed.admit("acme") instanceof Reservation);
  }

  @Test
  void clocksThatAreWrongLetNobodySpendMore() throws Exception {
    Instant now = Instant.now();
    // Not into another month.
    Duration hour =
        now.plus(Duration.ofHours(2)).toString().startsWith(now.toString().substring(0, 7))
            ? Duration.ofHours(1)
            : Duration.ofHours(-1);
    Member right = member("limit: $1, action: block");
    Member wrong = member("limit: $1, action: block", hour);
    AtomicLong calls = new AtomicLong();
    AtomicLong spent = new AtomicLong();
    Thread thread =
        new Thread(
            () -> {
              try {
                spent.addAndGet(wrong.spendUntilBlocked(4, 1, calls));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    spent.addAndGet(right.spendUntilBlocked(4, 2, calls));
    thread.join();
    awaitStored(spent.get());
    assertThat(spent.get()).isBetween(DOLLAR / 2, DOLLAR);
  }

  @Test
  void aThresholdIsSaidOnceInTheFleetAndEachHoldsItsOwnLimit() throws Exception {
    Member small = member("limit: $2, action: block, thresholds: [50, 100]");
    Member large = member("limit: $10, action: block, thresholds: [50]");
    small.spend("acme", 2 * DOLLAR);
    awaitStored(2 * DOLLAR);
    Programs.await(() -> small.admit("acme") instanceof Blocked);
    Programs.await(() -> large.spent("acme") == 2 * DOLLAR);
    assertThat(large.admit("acme")).isInstanceOf(Reservation.class);
    Programs.await(() -> small.notices.size() == 2);
    large.spend("acme", 4 * DOLLAR);
    awaitStored(6 * DOLLAR);
    Member late = member("limit: $10, action: block, thresholds: [50]");
    Programs.await(() -> late.spent("acme") == 6 * DOLLAR);
    late.spend("acme", 1);
    awaitStored(6 * DOLLAR + 1);
    assertThat(small.notices).extracting(BudgetNotice::percent).containsExactly(50, 100);
    // The mark is of the threshold, whatever the limit that it is a part of.
    assertThat(large.notices).isEmpty();
    assertThat(late.notices).isEmpty();
  }
}
