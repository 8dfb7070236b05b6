package io.costattr.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.Account;
import io.costattr.core.budget.BudgetStore.Batch;
import io.costattr.core.budget.BudgetStore.Grant;
import io.costattr.core.budget.BudgetStore.Line;
import io.costattr.loopback.servers.Programs;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store on a network does. */
abstract class SharedStoreContract {
  static final long DOLLAR = 1_000_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final String MONTH = "customers/usd/month,UTC";

  /** A way to the server for keys that begin so. */
  abstract Link link() throws IOException;

  /** The server forgets everything. */
  abstract void empty() throws IOException;

  private final String prefix = "t" + System.nanoTime();

  /** One JVM. */
  final class Jvm {
    final String name;
    final NetworkStore store;
    private long batches;
    private Batch last = new Batch("", 0, List.of());

    Jvm(String name) throws IOException {
      this.name = name;
      store =
          new NetworkStore(
              "test", link(), new Keys(prefix), InstantSource.system(), NetworkStore.LEASE);
    }

    Grant post(Account account, long limit, long spent, long need, long want) throws IOException {
      last = new Batch(name, ++batches, List.of(new Line(account, limit, spent, need, want)));
      return again();
    }

    Grant again() throws IOException {
      return store.exchange(last).get(0);
    }

    Grant spend(Account account, long spent) throws IOException {
      return post(account, 100 * DOLLAR, spent, 0, 0);
    }
  }

  static Account month(String value) {
    long now = System.currentTimeMillis();
    long start = now / HOUR * HOUR;
    return new Account(MONTH, value, start, start, 0, start + 24 * HOUR);
  }

  private static Account rolling(long slot) {
    long step = HOUR / 60;
    long at = System.currentTimeMillis() / step * step + slot * step;
    return new Account("r/usd/rolling,PT1H", "", at - HOUR, at, step, at + step + HOUR);
  }

  @Test
  void whatAllHaveSpentIsExact() throws IOException {
    Jvm one = new Jvm("one");
    Jvm other = new Jvm("other");
    long much = 9_007_199_254_740_993L;
    assertThat(one.spend(month("a"), much).spent()).isEqualTo(much);
    assertThat(other.spend(month("a"), 1).spent()).isEqualTo(much + 1);
    assertThat(one.spend(month("a"), much).spent()).isEqualTo(2 * much + 1);
    assertThat(other.spend(month("b"), 7).spent()).isEqualTo(7);
  }

  @Test
  void amountsBeyondAllMeasureStayTheLargest() throws IOException {
    Jvm one = new Jvm("one");
    one.spend(month("a"), Long.MAX_VALUE - 1);
    Grant grant = new Jvm("other").post(month("a"), Long.MAX_VALUE, Long.MAX_VALUE - 1, 5, 5);
    assertThat(grant.spent()).isEqualTo(Long.MAX_VALUE);
    assertThat(grant.lease()).isZero();
  }

  @Test
  void aLineThatComesTwiceCountsOnce() throws IOException {
    Jvm one = new Jvm("one");
    one.post(month("a"), 10 * DOLLAR, 3 * DOLLAR, DOLLAR, DOLLAR);
    Grant grant = one.again();
    assertThat(grant.spent()).isEqualTo(3 * DOLLAR);
    assertThat(grant.lease()).isEqualTo(DOLLAR);
    one.post(month("a"), 10 * DOLLAR, DOLLAR / 2, Line.KEEP, Line.KEEP);
    assertThat(one.again().lease()).isEqualTo(DOLLAR / 2);
  }

  @Test
  void spentAndLeasesNeverExceedTheLimit() throws IOException {
    Jvm one = new Jvm("one");
    Jvm other = new Jvm("other");
    Account account = month("a");
    long limit = 10 * DOLLAR;
    Grant first = one.post(account, limit, 0, DOLLAR, 100 * DOLLAR);
    assertThat(first.lease()).isEqualTo(DOLLAR + limit / 8);
    assertThat(first.scarce()).isFalse();
    Grant second = other.post(account, limit, 0, 9 * DOLLAR, 9 * DOLLAR);
    assertThat(second.lease()).isEqualTo(limit - first.lease());
    assertThat(second.scarce()).isFalse();
    Jvm third = new Jvm("third");
    assertThat(third.post(account, limit, 0, 1, 1).lease()).isZero();
    // What is settled moves from the lease to what is spent.
    Grant settled = other.post(account, limit, 7 * DOLLAR, 0, 0);
    assertThat(settled.spent()).isEqualTo(7 * DOLLAR);
    assertThat(settled.lease()).isZero();
    Grant scarce = third.post(account, limit, 0, DOLLAR / 10, 5 * DOLLAR);
    assertThat(scarce.lease()).isEqualTo(DOLLAR / 10);
    assertThat(scarce.scarce()).isTrue();
    // A lease that holds is not taken away.
    assertThat(one.post(account, limit, 0, 0, 2 * DOLLAR).lease()).isEqualTo(2 * DOLLAR);
  }

  @Test
  void jvmsWithOtherLimitsCountTogether() throws IOException {
    Account account = month("a");
    Jvm small = new Jvm("small");
    Jvm large = new Jvm("large");
    assertThat(large.post(account, 100 * DOLLAR, 20 * DOLLAR, DOLLAR, DOLLAR).lease())
        .isEqualTo(DOLLAR);
    Grant grant = small.post(account, 10 * DOLLAR, 0, 1, 1);
    assertThat(grant.spent()).isEqualTo(20 * DOLLAR);
    assertThat(grant.lease()).isZero();
  }

  @Test
  void namesMayBeOfAnyKind() throws IOException {
    Jvm one = new Jvm("one");
    String nasty = "}{:|*\n\0 \u00e9\ud83d\ude00'\";DROP";
    String separated = "a/b|c:d";
    String huge = "x".repeat(4096);
    for (String name : List.of(nasty, separated, huge, huge + "y")) {
      assertThat(one.spend(month(name), 5).spent()).isEqualTo(5);
    }
    assertThat(one.store.spent(MONTH, 0))
        .isEqualTo(
            Map.of(nasty.replace("\0", zero()), 5L, separated, 5L, huge, 5L, huge + "y", 5L));
    assertThat(one.store.spent(MONTH, Long.MAX_VALUE).values()).containsOnly(0L);
  }

  /** What becomes of the character that PostgreSQL cannot keep. */
  String zero() {
    return "\0";
  }

  @Test
  void whatRollsCountsWhileItIsInTheWindow() throws IOException {
    Jvm one = new Jvm("one");
    one.spend(rolling(-70), 1);
    one.spend(rolling(-50), 10);
    assertThat(one.spend(rolling(0), 100).spent()).isEqualTo(110);
    assertThat(new Jvm("other").spend(rolling(15), 0).spent()).isEqualTo(100);
  }

  @Test
  void aServerThatHasForgottenIsReminded() throws IOException {
    Jvm gone = new Jvm("gone");
    Jvm one = new Jvm("one");
    Jvm other = new Jvm("other");
    Account account = month("a");
    gone.spend(account, 1_000);
    one.spend(account, 100);
    other.spend(account, 10);
    one.spend(rolling(-50), 7);
    one.spend(rolling(0), 3);

    empty();
    assertThat(one.spend(account, 1).spent()).isEqualTo(1_101);
    assertThat(other.spend(account, 2).spent()).isEqualTo(1_113);
    assertThat(one.again().spent()).isEqualTo(1_113);
    assertThat(one.spend(account, 0).spent()).isEqualTo(1_113);
    assertThat(new Jvm("fresh").spend(account, 5).spent()).isEqualTo(1_118);
    assertThat(one.spend(rolling(0), 2).spent()).isEqualTo(12);
  }

  @Test
  void whatWasForgottenOnPurposeIsNotRemindedOf() throws IOException {
    Jvm one = new Jvm("one");
    Jvm other = new Jvm("other");
    Account account = month("a");
    other.post(account, 10 * DOLLAR, 0, 6 * DOLLAR, 6 * DOLLAR);
    one.spend(account, DOLLAR);
    one.spend(rolling(-50), 7);
    one.spend(rolling(0), 3);

    new Jvm("person").store.forget(account);
    assertThat(one.spend(account, 3).spent()).isEqualTo(3);
    assertThat(one.spend(account, 4).spent()).isEqualTo(7);
    // What somebody holds stays theirs.
    assertThat(one.post(account, 10 * DOLLAR, 0, 9 * DOLLAR, 9 * DOLLAR).lease())
        .isEqualTo(4 * DOLLAR - 7);
    new Jvm("person").store.forget(rolling(0));
    assertThat(one.spend(rolling(0), 1).spent()).isEqualTo(1);
    new Jvm("person").store.forget(month("nobody"));
  }

  @Test
  void oneOfAllIsTheFirstToSetAMark() throws IOException {
    Jvm one = new Jvm("one");
    Jvm other = new Jvm("other");
    one.post(month("a"), 1, 0, 0, 0);
    other.post(month("a"), 1, 0, 0, 0);
    Instant later = Instant.now().plusSeconds(600);
    assertThat(one.store.firstTime("threshold/a b/50", later)).isTrue();
    assertThat(one.store.firstTime("threshold/a b/50", later)).isFalse();
    assertThat(other.store.firstTime("threshold/a b/50", later.plusSeconds(60))).isFalse();
    assertThat(other.store.firstTime("threshold/a b/80", later)).isTrue();
  }

  @Test
  void aMarkIsForgottenInTime() throws Exception {
    Jvm one = new Jvm("one");
    one.post(month("a"), 1, 0, 0, 0);
    assertThat(one.store.firstTime("short", Instant.now().plusMillis(30))).isTrue();
    Programs.await(() -> one.store.firstTime("short", Instant.now().plusMillis(1)));
  }

  @Test
  void aThousandAccountsAreOneBatch() throws IOException {
    Jvm one = new Jvm("one");
    List<Line> lines =
        java.util.stream.IntStream.range(0, 1_000)
            .mapToObj(i -> new Line(month("c" + i), DOLLAR, i, 0, 0))
            .toList();
    List<Grant> grants = one.store.exchange(new Batch("one", 1, lines));
    for (int i = 0; i < 1_000; i++) {
      assertThat(grants.get(i).spent()).isEqualTo(i);
    }
  }
}
