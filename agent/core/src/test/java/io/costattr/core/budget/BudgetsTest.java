package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.budget.file.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetsTest {
  private static final long DOLLAR = 1_000_000_000_000L;
  private static final long CENT = DOLLAR / 100;

  private static final String CUSTOMERS =
      """
      budgets:
      - name: customers
        each: customer_id
        limit: $1
        overrides: {acme: $3}
        window: month
        zone: Europe/Berlin
        action: block
      """;

  /** 100 bytes are at most 50 tokens, at $5 a million; 1,000 tokens of output at $30 a million. */
  private static CallTo call() {
    return CallTo.model("gpt-5.5").by("beta").bytes(100).atMost(1_000);
  }

  private static final long NEED = 50 * 5_000_000L + 1_000 * 30_000_000L;

  @Test
  void aCallThatConcernsNoBudgetReservesNothing() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      assertThat(rig.admitted(CallTo.model("gpt-5.5")).isNone()).isTrue();
    }
  }

  @Test
  void whatACallMayNeedIsReservedAndSettledToWhatItCost() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      Reservation reservation = rig.admitted(call());
      assertThat(rig.reserved("customers", "beta")).isEqualTo(NEED);
      assertThat(rig.spent("customers", "beta")).isZero();

      assertThat(reservation.settle(Rig.cost(CENT))).isTrue();
      assertThat(rig.reserved("customers", "beta")).isZero();
      assertThat(rig.spent("customers", "beta")).isEqualTo(CENT);

      assertThat(reservation.settle(Rig.cost(CENT))).isFalse();
      assertThat(reservation.release()).isFalse();
      assertThat(rig.spent("customers", "beta")).isEqualTo(CENT);
    }
  }

  @Test
  void aReleasedReservationLeavesNothing() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      Reservation reservation = rig.admitted(call());
      assertThat(reservation.release()).isTrue();
      assertThat(reservation.settle(Rig.cost(CENT))).isFalse();
      assertThat(rig.reserved("customers", "beta")).isZero();
      assertThat(rig.spent("customers", "beta")).isZero();
    }
  }

  @Test
  void aCallForWhichTooLittleIsLeftIsBlockedAndEverythingIsSaid() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.spend(call(), DOLLAR - NEED);
      Reservation last = rig.admitted(call());
      Blocked blocked = rig.blocked(call());
      assertThat(blocked.reason()).isEqualTo(Blocked.Reason.EXCEEDED);
      assertThat(blocked.budget()).isEqualTo("customers");
      assertThat(blocked.value()).isEqualTo("beta");
      assertThat(blocked.limit()).isEqualTo(DOLLAR);
      assertThat(blocked.spent()).isEqualTo(DOLLAR - NEED);
      assertThat(blocked.reserved()).isEqualTo(NEED);
      assertThat(blocked.needed()).isEqualTo(NEED);
      assertThat(blocked.resetsAt()).isEqualTo(Instant.parse("2026-11-30T23:00:00Z"));
      assertThat(blocked.retryAfterSeconds(rig.clock.instant()))
          .isEqualTo(Duration.ofDays(7).plusHours(13).toSeconds());
      assertThat(blocked.message())
          .isEqualTo(
              "The budget customers of beta is used up: of $1.00, $0.96975 are spent and $0.03025"
                  + " reserved; this call may need $0.03025. It resets at 2026-11-30T23:00:00Z."
                  + " Nothing was sent.");
      last.release();
      assertThat(rig.admitted(call()).isNone()).isFalse();
    }
  }

  @Test
  void othersAreNotBlockedAndAnExceptionHasALimitOfItsOwn() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.spend(call(), 2 * DOLLAR);
      rig.spend(call().by("acme"), 2 * DOLLAR);
      rig.blocked(call());
      rig.admitted(call().by("gamma"));
      rig.admitted(call().by("acme"));
      rig.spend(call().by("acme"), DOLLAR);
      rig.blocked(call().by("acme"));
    }
  }

  @Test
  void callsOfNobodyAreNotLumpedTogetherAsSomebodys() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.spend(call().by(ResolvedAttribution.UNATTRIBUTED), 2 * DOLLAR);
      assertThat(rig.admitted(call().by(ResolvedAttribution.UNATTRIBUTED)).isNone()).isTrue();
    }
  }

  @Test
  void aNewWindowBeginsWithNothing() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.spend(call(), DOLLAR);
      Reservation late = rig.admitted(call().by("acme"));
      rig.clock.to("2026-11-30T22:59:59Z");
      rig.blocked(call());
      rig.clock.to("2026-11-30T23:00:00Z");
      rig.admitted(call());
      rig.admitted(call().by("acme"));
      assertThat(rig.reserved("customers", "acme")).isEqualTo(NEED);
      late.settle(Rig.cost(3 * DOLLAR));
      // It is of the month in which it began.
      assertThat(rig.reserved("customers", "acme")).isEqualTo(NEED);
      assertThat(rig.spent("customers", "acme")).isZero();
    }
  }

  @Test
  void aClockThatJumpsToAnotherMonthAndBackForgetsNothing() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.spend(call(), DOLLAR);
      rig.blocked(call());
      rig.awaitPosted("customers", "beta");
      rig.clock.to("2027-01-05T00:00:00Z");
      rig.admitted(call());
      rig.clock.to("2026-11-23T10:00:01Z");
      rig.blocked(call());
    }
  }

  @Test
  void aRollingWindowForgetsBitByBit() {
    String yaml =
        """
        budgets:
        - name: hour
          limit: $1
          window: rolling 1h
          action: block
        """;
    try (Rig rig = new Rig(yaml)) {
      rig.spend(call(), DOLLAR / 2);
      rig.clock.to("2026-11-23T10:30:00Z");
      rig.spend(call(), DOLLAR / 2);
      assertThat(rig.blocked(call()).resetsAt()).isEqualTo(Instant.parse("2026-11-23T10:31:00Z"));
      rig.clock.to("2026-11-23T10:59:59Z");
      rig.blocked(call());
      rig.clock.to("2026-11-23T11:01:00Z");
      rig.admitted(call()).settle(Rig.cost(DOLLAR / 2));
      rig.blocked(call());
      rig.clock.to("2026-11-23T11:31:00Z");
      rig.admitted(call());
    }
  }

  @Test
  void everyMatchingBudgetIsAskedAndNoneHoldsAnythingOfABlockedCall() {
    String yaml =
        CUSTOMERS
            + """
            - name: staging
              match: {environment: staging, model: gpt-5*}
              limit: 1 call
              window: day
              action: block
            """;
    try (Rig rig = new Rig(yaml)) {
      Reservation first = rig.admitted(call().environment("staging"));
      assertThat(rig.blocked(call().environment("staging").by("gamma")).budget())
          .isEqualTo("staging");
      assertThat(rig.reserved("customers", "gamma")).isZero();
      first.settle(Rig.cost(CENT));
      assertThat(rig.spent("staging", "")).isEqualTo(1);
      assertThat(rig.spent("customers", "beta")).isEqualTo(CENT);
      rig.admitted(CallTo.model("gpt-4o").environment("staging").by("beta").atMost(10));
      rig.admitted(call().environment("production"));
    }
  }

  @Test
  void whatTheProviderRefusedIsNoCall() {
    String yaml = "budgets: [{name: calls, limit: 1 call, window: day, action: block}]";
    try (Rig rig = new Rig(yaml)) {
      rig.admitted(call()).release();
      rig.admitted(call()).settle(Rig.cost(0));
      rig.blocked(call());
    }
  }

  @Test
  void tokensAreCountedOfBothSides() {
    String yaml = "budgets: [{name: t, limit: 1000 tokens, window: day, action: block}]";
    try (Rig rig = new Rig(yaml)) {
      Reservation one = rig.admitted(CallTo.model("gpt-4o").bytes(200).atMost(500));
      assertThat(rig.reserved("t", "")).isEqualTo(600);
      one.settle(new Spend(null, null, 0, 300, 400, 1));
      assertThat(rig.spent("t", "")).isEqualTo(700);
      rig.blocked(CallTo.model("gpt-4o").bytes(2).atMost(300));
      rig.admitted(CallTo.model("gpt-4o").bytes(2).atMost(299));
    }
  }

  @Test
  void aBudgetThatOnlyObservesBlocksNothingAndCountsEverything() {
    String yaml = "budgets: [{name: o, limit: $0.01, window: day}]";
    try (Rig rig = new Rig(yaml)) {
      rig.admitted(call()).settle(Rig.cost(DOLLAR));
      rig.admitted(call()).settle(Rig.cost(DOLLAR));
      assertThat(rig.spent("o", "")).isEqualTo(2 * DOLLAR);
    }
  }

  @Test
  void aUsedUpBudgetDegradesAndAnotherStillBlocks() {
    String yaml =
        """
        budgets:
        - name: soft
          limit: $0.05
          window: day
          action: degrade
          degrade:
            model: {"gpt-5.5*": gpt-5.4-mini}
            max_output_tokens: 100
            service_tier: flex
        - name: hard
          limit: $0.06
          window: day
          action: block
        """;
    try (Rig rig = new Rig(yaml)) {
      rig.admitted(call()).settle(Rig.cost(3 * CENT));
      Decision decision = rig.admit(call());
      assertThat(decision).isInstanceOf(Degraded.class);
      Degraded degraded = (Degraded) decision;
      assertThat(degraded.budget()).isEqualTo("soft");
      assertThat(degraded.model()).isEqualTo("gpt-5.4-mini");
      assertThat(degraded.outputLimit()).isEqualTo(100);
      assertThat(degraded.serviceTier()).isEqualTo("flex");
      // 50 tokens at $0.375 and 100 at $2.25 a million.
      assertThat(rig.reserved("soft", "")).isEqualTo(50 * 375_000L + 100 * 2_250_000L);
      degraded.reservation().settle(Rig.cost(3 * CENT));
      assertThat(rig.blocked(call()).budget()).isEqualTo("hard");
    }
  }

  @Test
  void nothingToChangeLetsACallGoOnAsItIs() {
    String yaml =
        """
        budgets:
        - name: soft
          limit: $0.01
          window: day
          action: degrade
          degrade: {model: {gpt-5.4: gpt-5.4-mini}}
        """;
    try (Rig rig = new Rig(yaml)) {
      rig.spend(call(), DOLLAR);
      rig.admitted(call()).settle(Rig.cost(CENT));
      assertThat(rig.spent("soft", "")).isEqualTo(DOLLAR + CENT);
    }
  }

  @Test
  void anUnpricedModelIsReservedAtTheHighestRatesOfItsFamily() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      Reservation reservation =
          rig.admitted(CallTo.model("gpt-5.5-nova").by("beta").bytes(100).atMost(1_000));
      // gpt-5.5-pro: $30 and $180 a million.
      assertThat(rig.reserved("customers", "beta"))
          .isEqualTo(50 * 30_000_000L + 1_000 * 180_000_000L);
      reservation.settle(new Spend(null, 7 * CENT, 0, 100, 100, 1));
      assertThat(rig.spent("customers", "beta")).isEqualTo(7 * CENT);
    }
  }

  @Test
  void anUnpricedModelIsRefusedOrIgnoredWhereTheBudgetSaysSo() {
    CallTo unknown = CallTo.model("gpt-5.5-nova").by("beta").atMost(10);
    try (Rig rig = new Rig(CUSTOMERS + "  unpriced: refuse\n")) {
      assertThat(rig.blocked(unknown).reason()).isEqualTo(Blocked.Reason.UNPRICED);
      rig.admitted(call());
    }
    try (Rig rig = new Rig(CUSTOMERS + "  unpriced: ignore\n")) {
      rig.admitted(unknown).settle(new Spend(null, 7 * CENT, 0, 100, 100, 1));
      assertThat(rig.spent("customers", "beta")).isZero();
    }
  }

  @Test
  void aServerOfOnesOwnIsNotTakenForTheDearestModelOfOpenAi() {
    CallTo llama = CallTo.model("llama-9").of("openai-compatible").by("beta").atMost(100_000);
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.admitted(llama);
      assertThat(rig.reserved("customers", "beta")).isZero();
    }
  }

  @Test
  void whatMayHaveBeenBilledCountsWhereTheBudgetSaysSo() {
    Spend cut = new Spend(CENT, null, 5 * CENT, 100, 0, 1);
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.admitted(call()).settle(cut);
      assertThat(rig.spent("customers", "beta")).isEqualTo(CENT);
    }
    try (Rig rig = new Rig(CUSTOMERS + "  at_risk: count\n")) {
      rig.admitted(call()).settle(cut);
      assertThat(rig.spent("customers", "beta")).isEqualTo(6 * CENT);
    }
  }

  @Test
  void ofWhatWasBilledForNobodyKnowsHowMuchWhatWasReservedCounts() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.admitted(call()).settle(new Spend(null, null, 0, 0, 0, 1));
      assertThat(rig.spent("customers", "beta")).isEqualTo(NEED);
    }
  }

  @Test
  void aCallSiteOfWhichNothingIsKnownTakesWhatIsLeft() {
    CallTo open = CallTo.model("gpt-5.5").by("beta").bytes(100);
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.spend(open, DOLLAR - CENT);
      Reservation last = rig.admitted(open);
      assertThat(rig.reserved("customers", "beta")).isEqualTo(CENT);
      rig.blocked(open);
      last.settle(Rig.cost(CENT / 2));
      rig.admitted(open).settle(Rig.cost(CENT / 2));
      rig.blocked(open);
    }
  }

  @Test
  void outputIsLearnedByCallSite() {
    try (Rig rig = new Rig(CUSTOMERS.replace("$1\n", "$1000\n"))) {
      CallTo short_ = CallTo.model("gpt-5.5").by("beta").bytes(1_000).from("Short.answers:1");
      for (int i = 0; i < 30; i++) {
        rig.admitted(short_).settle(new Spend(CENT, null, 0, 250, 200, 1));
      }
      rig.admitted(short_);
      // An eighth above 200 and 250 at most: a quarter of an octave.
      assertThat(rig.reserved("customers", "beta"))
          .isBetween(200 * 30_000_000L + 250 * 5_000_000L, 300 * 30_000_000L + 350 * 5_000_000L);
      long before = rig.reserved("customers", "beta");
      rig.admitted(CallTo.model("gpt-5.5").by("beta").bytes(1_000).from("Long.answers:1"));
      assertThat(rig.reserved("customers", "beta") - before)
          .isEqualTo(4_096 * 30_000_000L + 500 * 5_000_000L);
    }
  }

  @Test
  void aThresholdOfFewCallsIsPassedByWholeOnes() {
    try (Rig rig =
        new Rig("budgets: [{name: three, limit: 3 calls, window: month, thresholds: [1, 50]}]")) {
      rig.spend(call(), CENT);
      rig.awaitNotices(1);
      assertThat(rig.notices).extracting(BudgetNotice::percent).containsExactly(1);
      rig.spend(call(), CENT);
      rig.awaitNotices(2);
      assertThat(rig.notices).extracting(BudgetNotice::spent).containsExactly(1L, 2L);
    }
  }

  @Test
  void thresholdsAreSaidOnceEach() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      rig.spend(call(), 60 * CENT);
      rig.spend(call(), 10 * CENT);
      rig.spend(call(), 30 * CENT);
      rig.spend(call(), 30 * CENT);
      rig.awaitNotices(4);
      assertThat(rig.notices).extracting(BudgetNotice::percent).containsExactly(50, 80, 95, 100);
      BudgetNotice first = rig.notices.get(0);
      assertThat(first.value()).isEqualTo("beta");
      assertThat(first.spent()).isEqualTo(60 * CENT);
      assertThat(first.message())
          .isEqualTo(
              "budget customers of beta has passed 50 %: $0.60 of $1.00 used, until"
                  + " 2026-11-30T23:00:00Z");
    }
  }

  @Test
  void anotherPolicyKeepsTheCountsOfTheBudgetsThatItHasToo() {
    try (Rig rig = new Rig(CUSTOMERS)) {
      Reservation underWay = rig.admitted(call());
      rig.spend(call(), DOLLAR - NEED);
      rig.blocked(call());
      rig.budgets.install(Policies.of(CUSTOMERS.replace("$1\n", "$2\n")));
      rig.admitted(call());
      assertThat(rig.reserved("customers", "beta")).isEqualTo(2 * NEED);
      underWay.settle(Rig.cost(DOLLAR));
      assertThat(rig.spent("customers", "beta")).isEqualTo(2 * DOLLAR - NEED);
      rig.budgets.install(Policies.of(CUSTOMERS.replace("month", "week")));
      assertThat(rig.admitted(call()).isNone()).isFalse();
      assertThat(rig.spent("customers", "beta")).isZero();
      rig.budgets.install(Policy.NONE);
      assertThat(rig.admitted(call()).isNone()).isTrue();
      assertThat(rig.budgets.any()).isFalse();
    }
  }

  @Test
  void aReservationOfWhichNothingIsHeardExpiresAndIsSettledAllTheSame() {
    try (Rig rig = new Rig(CUSTOMERS, null, Rig.PATIENCE, Duration.ZERO)) {
      Reservation lost = rig.admitted(call());
      rig.awaitReserved("customers", "beta", 0);
      assertThat(lost.settle(Rig.cost(CENT))).isTrue();
      assertThat(lost.settle(Rig.cost(CENT))).isFalse();
      assertThat(rig.reserved("customers", "beta")).isZero();
      assertThat(rig.spent("customers", "beta")).isEqualTo(CENT);
    }
  }

  @Test
  void aCustomersNameMayBeOfAnyLengthAndHaveAnyCharacters() {
    String yaml =
        CUSTOMERS
            .replace("each: customer_id", "each: [customer_id, feature]")
            .replace("  overrides: {acme: $3}\n", "");
    try (Rig rig = new Rig(yaml)) {
      String long_ = "ü/~:{}\n \u0000".repeat(512);
      rig.spend(call().by(long_).feature("a"), DOLLAR);
      rig.blocked(call().by(long_).feature("a"));
      rig.admitted(call().by(long_).feature("b"));
      rig.spend(call().by("a/b").feature("c"), DOLLAR);
      rig.blocked(call().by("a/b").feature("c"));
      rig.admitted(call().by("a").feature("b/c"));
    }
  }

  @Test
  void whatConcernsABudgetOnlyByItsAnswerIsCountedAllTheSame() {
    String yaml = "budgets: [{name: m, match: {model: gpt-5.5}, limit: $1, window: day}]";
    try (Rig rig = new Rig(yaml)) {
      Reservation none = rig.admitted(CallTo.model(null));
      assertThat(none.isNone()).isTrue();
      rig.budgets.settle(none, call().at(rig.clock.instant()).prospect(), Rig.cost(CENT));
      assertThat(rig.spent("m", "")).isEqualTo(CENT);
    }
  }

  @Test
  void whatIsToldOfAgainCountsOnce(@TempDir Path directory) {
    Path file = directory.resolve("budgets.log");
    MovableClock clock = new MovableClock("2026-11-23T10:00:00Z");
    try (Rig one = new Rig(CUSTOMERS, FileStore.at(file, clock), clock);
        Rig other = new Rig(CUSTOMERS, FileStore.at(file, clock), clock)) {
      Prospect line = call().at(one.clock.instant()).prospect();
      one.budgets.settleOnce("batch/file-1/0", line, Rig.cost(CENT));
      one.budgets.settleOnce("batch/file-1/0", line, Rig.cost(CENT));
      one.budgets.settleOnce("batch/file-1/1", line, Rig.cost(CENT));
      Rig.await(() -> one.knows("customers", "beta") && one.spent("customers", "beta") == 3 * CENT);
      one.awaitPosted("customers", "beta");
      other.budgets.settleOnce("batch/file-1/1", line, Rig.cost(CENT));
      other.budgets.settleOnce("batch/file-1/2", line, Rig.cost(CENT));
      Rig.await(
          () -> other.knows("customers", "beta") && other.spent("customers", "beta") == 4 * CENT);
    }
  }
}
