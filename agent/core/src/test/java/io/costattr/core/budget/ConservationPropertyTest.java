package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.file.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What budgets have spent and reserved is what calls have spent and reserved: whatever calls do,
 * whenever a window ends, a policy changes or a JVM crashes.
 */
class ConservationPropertyTest {
  private static final String[] CUSTOMERS = {"acme", "beta"};
  private static final String POLICY =
      """
      budgets:
      - name: money
        each: customer_id
        limit: $1000
        window: hour
        action: block
      - name: all
        limit: 1M calls
        window: rolling 2h
        action: block
      """;

  private enum What {
    ADMIT,
    SETTLE,
    SETTLE_AGAIN,
    RELEASE,
    UNRESERVED,
    NEXT_HOUR,
    OTHER_POLICY,
    CRASH
  }

  private record Step(What what, int which, long amount) {}

  /** One call under way: what was reserved for it, by the test's own count. */
  private record Open(Reservation reservation, String customer, long money, long hour) {}

  /** The test's own count. */
  private static final class Model {
    final Map<String, Long> spent = new HashMap<>();
    final Map<String, Long> reserved = new HashMap<>();
    final List<Open> open = new ArrayList<>();
    final List<Long> calls = new ArrayList<>();
    long callsReserved;
    long hour;

    static String key(String customer, long hour) {
      return customer + "@" + hour;
    }

    void spend(String customer, long of, long money) {
      spent.merge(key(customer, of), money, Long::sum);
      calls.add(of);
    }

    long callsOfTheLastTwoHours() {
      // To the minute the window is two hours; what began two hours ago still counts as a whole.
      return calls.stream().filter(of -> of >= hour - 2).count();
    }
  }

  @Property(tries = 60)
  void holds(@ForAll("histories") List<Step> history) throws IOException {
    Path directory = Files.createTempDirectory("budgets");
    Path file = directory.resolve("budgets.log");
    Rig rig = rig(file, null);
    Model model = new Model();
    try {
      for (Step step : history) {
        rig = take(step, rig, model, file);
        check(rig, model);
      }
    } finally {
      rig.close();
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private static Rig rig(Path file, @Nullable MovableClock like) {
    MovableClock clock = like == null ? new MovableClock("2026-11-23T10:00:00Z") : like;
    return new Rig(POLICY, FileStore.at(file, clock), clock);
  }

  private static Rig take(Step step, Rig rig, Model model, Path file) {
    String customer = CUSTOMERS[step.which % CUSTOMERS.length];
    switch (step.what) {
      case ADMIT -> {
        long tokens = 1 + step.amount % 1_000;
        Reservation reservation =
            rig.admitted(CallTo.model("gpt-5.5").by(customer).bytes(2).atMost(tokens));
        long money = 5_000_000L + tokens * 30_000_000L;
        model.open.add(new Open(reservation, customer, money, model.hour));
        model.reserved.merge(Model.key(customer, model.hour), money, Long::sum);
        model.callsReserved++;
      }
      case SETTLE, SETTLE_AGAIN, RELEASE -> end(step, model);
      case UNRESERVED -> {
        rig.spend(CallTo.model("gpt-5.5").by(customer), step.amount);
        model.spend(customer, model.hour, step.amount);
      }
      case NEXT_HOUR -> {
        rig.clock.plus(Duration.ofHours(1));
        model.hour++;
      }
      case OTHER_POLICY -> rig.budgets.install(Policies.of(POLICY.replace("$1000", "$2000")));
      case CRASH -> {
        // What was reserved is gone with the JVM; what was spent is not.
        rig.close();
        model.open.clear();
        model.reserved.clear();
        model.callsReserved = 0;
        return rig(file, rig.clock);
      }
    }
    return rig;
  }

  private static void end(Step step, Model model) {
    if (model.open.isEmpty()) {
      return;
    }
    Open one = model.open.get(step.which % model.open.size());
    model.open.remove(one);
    model.reserved.merge(Model.key(one.customer, one.hour), -one.money, Long::sum);
    model.callsReserved--;
    if (step.what == What.RELEASE) {
      assertThat(one.reservation.release()).isTrue();
    } else {
      assertThat(one.reservation.settle(Rig.cost(step.amount))).isTrue();
      model.spend(one.customer, one.hour, step.amount);
    }
    if (step.what == What.SETTLE_AGAIN) {
      assertThat(one.reservation.settle(Rig.cost(step.amount))).isFalse();
      assertThat(one.reservation.release()).isFalse();
    }
  }

  private static void check(Rig rig, Model model) {
    for (String customer : CUSTOMERS) {
      // Looking at it takes it to the hour of now.
      rig.admitted(CallTo.model("gpt-5.5").by(customer).bytes(2).atMost(1)).release();
      String key = Model.key(customer, model.hour);
      assertThat(rig.spent("money", customer)).as(key).isEqualTo(model.spent.getOrDefault(key, 0L));
      assertThat(rig.reserved("money", customer))
          .as(key)
          .isEqualTo(model.reserved.getOrDefault(key, 0L));
    }
    assertThat(rig.reserved("all", "")).isEqualTo(model.callsReserved);
    long counted = model.callsOfTheLastTwoHours();
    // What has left a rolling window is known when the store has been told of what came since.
    assertThat(rig.spent("all", "")).isGreaterThanOrEqualTo(counted);
    rig.spend(CallTo.model("gpt-5.5"), 1);
    model.calls.add(model.hour);
    rig.awaitSpent("all", "", counted + 1);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<What> whats =
        Arbitraries.frequency(
            Tuple.of(8, What.ADMIT),
            Tuple.of(5, What.SETTLE),
            Tuple.of(1, What.SETTLE_AGAIN),
            Tuple.of(2, What.RELEASE),
            Tuple.of(2, What.UNRESERVED),
            Tuple.of(1, What.NEXT_HOUR),
            Tuple.of(1, What.OTHER_POLICY),
            Tuple.of(1, What.CRASH));
    return Combinators.combine(
            whats,
            Arbitraries.integers().between(0, 1_000),
            Arbitraries.longs().between(1, 1L << 36))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }
}
