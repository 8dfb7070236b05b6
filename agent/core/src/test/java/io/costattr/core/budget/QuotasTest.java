package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final long DOLLAR = 1_000_000_000_000L;
  private static final String POLICY =
      """
      budgets:
      - {name: customers, each: customer_id, limit: $50, overrides: {vip: unlimited, acme: $500},
         window: month, action: block}
      - {name: production, match: {environment: production}, limit: 100 calls, window: rolling 1h}
      - {name: other, match: {customer_id: nobody}, limit: $1, window: day}
      - {name: dear, match: {model: gpt-5.5-pro}, limit: $7, window: day}
      - {name: models, each: model, limit: $7, window: day}
      """;

  private static List<Quota> remaining(Rig rig, String customer) {
    return rig.budgets.remaining(CallTo.model("any").by(customer).prospect().who());
  }

  @Test
  void saysWhatEachBudgetOfAPayerHasLeft() {
    try (Rig rig = new Rig(POLICY)) {
      rig.spend(CallTo.model("gpt-5.5").by("beta"), 3 * DOLLAR);
      Reservation open =
          rig.admitted(CallTo.model("gpt-5.5").by("beta").bytes(2).atMost(1_000_000 - 1));
      assertThat(remaining(rig, "beta"))
          .containsExactly(
              new Quota(
                  "customers",
                  "beta",
                  Unit.USD,
                  50 * DOLLAR,
                  3 * DOLLAR,
                  30 * DOLLAR - 30_000_000 + 5_000_000,
                  Action.BLOCK,
                  Instant.parse("2026-12-01T00:00:00Z")),
              new Quota(
                  "production",
                  null,
                  Unit.CALLS,
                  100,
                  1,
                  1,
                  Action.OBSERVE,
                  Instant.parse("2026-11-23T10:01:00Z")),
              new Quota(
                  "dear",
                  null,
                  Unit.USD,
                  7 * DOLLAR,
                  0,
                  0,
                  Action.OBSERVE,
                  Instant.parse("2026-11-24T00:00:00Z")));
      open.release();
    }
  }

  @Test
  void whoHasAnotherLimitHasThatAndWhoHasNoneIsNotThere() {
    try (Rig rig = new Rig(POLICY)) {
      assertThat(remaining(rig, "acme").get(0).limit()).isEqualTo(500 * DOLLAR);
      assertThat(remaining(rig, "vip"))
          .extracting(Quota::budget)
          .containsExactly("production", "dear");
    }
  }

  @Test
  void asksTheStoreForWhatThisJvmDoesNotKnow() {
    SharedStore shared = new SharedStore();
    try (Rig one = new Rig(POLICY, shared.connect(), Rig.PATIENCE, Duration.ofMinutes(15));
        Rig other = new Rig(POLICY, shared.connect(), Rig.PATIENCE, Duration.ofMinutes(15))) {
      one.spend(CallTo.model("gpt-5.5").by("beta"), 3 * DOLLAR);
      one.awaitPosted("customers", "beta");
      assertThat(remaining(other, "beta").get(0).spent()).isEqualTo(3 * DOLLAR);
    }
  }

  @Test
  void whileTheStoreIsDownSaysWhatIsKnownHere() {
    SharedStore.Connection line = new SharedStore().connect();
    line.cut = true;
    try (Rig rig = new Rig(POLICY, line, Duration.ofMillis(10), Duration.ofMinutes(15))) {
      rig.spend(CallTo.model("gpt-5.5").by("beta"), 3 * DOLLAR);
      assertThat(remaining(rig, "beta").get(0).spent()).isEqualTo(3 * DOLLAR);
    }
  }
}
