package io.costattr.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.dialect.Routes;
import io.costattr.core.ledger.Attempt.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnclosedTest {
  private final List<Exchange> over = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @Test
  void aBodyThatIsCollectedIsAbandonedAndOneThatIsHeldIsNot() {
    Exchanges.start(
        new Routes(Map.of("known", "openai")), over::add, Defaults.of(Attribution.NONE));
    Exchange dropped = open();
    Exchange held = open();
    Object body = new Object();
    held.watch(body);
    dropped.watch(new Object());

    for (int i = 0; i < 100 && over.isEmpty(); i++) {
      System.gc();
      Unclosed.reap();
    }

    assertThat(over).containsExactly(dropped);
    assertThat(dropped.attempt(dropped.transcript()).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(body).isNotNull();
    held.completed();
  }

  @Test
  void aBodyThatWasReadIsNotToldAgainWhenItIsCollected() {
    Exchanges.start(
        new Routes(Map.of("known", "openai")), over::add, Defaults.of(Attribution.NONE));
    Exchange read = open();
    read.watch(new Object());
    read.completed();
    Exchange dropped = open();
    dropped.watch(new Object());

    for (int i = 0; i < 100 && !over.contains(dropped); i++) {
      System.gc();
      Unclosed.reap();
    }

    assertThat(over).containsExactly(read, dropped);
    assertThat(read.attempt(read.transcript()).outcome()).isEqualTo(Outcome.COMPLETED);
  }

  private static Exchange open() {
    return Objects.requireNonNull(
        Exchanges.open("test", "POST", "known", 443, "/v1/chat/completions", null));
  }
}
