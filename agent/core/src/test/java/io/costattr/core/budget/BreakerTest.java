package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.file.FileStore;
import io.costattr.core.price.PriceBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long CENT = 10_000_000_000L;
  private static final CallTo LOOP = CallTo.model("gpt-5.5").from("Loop.run:5").prompt(42);

  private static Budgets budgets(boolean blocks, Duration duration) {
    return new Budgets(
        new Budgets.Settings(
            Path.of("no such file"),
            Duration.ZERO,
            Duration.ofMinutes(15),
            null,
            new Breaker.Settings(10 * CENT, blocks, duration)),
        FileStore.inMemory(InstantSource.system()),
        PriceBook::builtIn,
        InstantSource.system(),
        notice -> {});
  }

  private static Decision admit(Budgets budgets, CallTo call) {
    return budgets.admit(call.at(Instant.now()).prospect());
  }

  private static void spend(Budgets budgets, CallTo call, long pico) {
    Decision decision = admit(budgets, call);
    assertThat(decision).isInstanceOf(Reservation.class);
    ((Reservation) decision).settle(Rig.cost(pico));
  }

  @Test
  void theSamePromptFromOnePlaceIsBlockedWhenItCostsTooMuchInAMinute() {
    Budgets budgets = budgets(true, Duration.ofHours(1));
    spend(budgets, LOOP, 10 * CENT);
    spend(budgets, LOOP, 1);
    Decision decision = admit(budgets, LOOP);
    assertThat(decision).isInstanceOf(Blocked.class);
    Blocked blocked = (Blocked) decision;
    assertThat(blocked.reason()).isEqualTo(Blocked.Reason.RUNAWAY);
    assertThat(blocked.value()).isEqualTo("Loop.run:5");
    assertThat(blocked.message())
        .startsWith("The same prompt from Loop.run:5 has cost more than $0.10 in a minute");
    assertThat(blocked.retryAfterSeconds(Instant.now())).isBetween(3_500L, 3_600L);
    assertThat(budgets.runaways().rejections()).isEqualTo(1);
    assertThat(budgets.runaways().trips()).isEqualTo(1);
  }

  @Test
  void anotherPromptAndAnotherPlaceGoOn() {
    Budgets budgets = budgets(true, Duration.ofHours(1));
    spend(budgets, LOOP, 11 * CENT);
    spend(budgets, CallTo.model("gpt-5.5").from("Loop.run:5").prompt(43), CENT);
    spend(budgets, CallTo.model("gpt-5.5").from("Other.run:9").prompt(42), CENT);
    spend(budgets, CallTo.model("gpt-5.5").from("Loop.run:5"), CENT);
  }

  @Test
  void whereItOnlyObservesItIsSaidAndNothingIsBlocked() {
    Budgets budgets = budgets(false, Duration.ofHours(1));
    spend(budgets, LOOP, 11 * CENT);
    spend(budgets, LOOP, 11 * CENT);
    spend(budgets, LOOP, CENT);
    assertThat(budgets.runaways().trips()).isEqualTo(1);
    assertThat(budgets.runaways().rejections()).isZero();
  }

  @Test
  void afterAWhileItGoesOn() {
    Budgets budgets = budgets(true, Duration.ZERO);
    spend(budgets, LOOP, 11 * CENT);
    spend(budgets, LOOP, CENT);
  }
}
