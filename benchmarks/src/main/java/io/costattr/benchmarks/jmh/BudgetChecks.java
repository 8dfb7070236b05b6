package io.costattr.benchmarks.jmh;

import io.costattr.benchmarks.Policies;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Decision;
import io.costattr.core.budget.Prospect;
import io.costattr.core.budget.Reservation;
import io.costattr.core.budget.Spend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What budgets take of a model call's time. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BudgetChecks {
  private static final Spend COST = new Spend(1_000_000L, null, 0, 250, 100, 1);
  private static final String HUNDRED =
      "budgets:\n"
          + budgets(50, "feature", "match: {feature: f%d}")
          + budgets(50, "customer", "match: {customer_id: c%d, environment: staging}");
  private static final String THREE =
      """
      budgets:
      - {name: each, each: customer_id, limit: $1000000, window: month, action: block}
      - {name: staging, match: {environment: staging}, limit: $1000000, window: day, action: block}
      - {name: calls, limit: 1000000M calls, window: hour, action: warn}
      """;
  private static final String ONE =
      "budgets: [{name: one, limit: $1000000, window: month, action: block}]";

  private final Budgets hundred = open(HUNDRED);
  private final Budgets one = open(ONE);
  private final Budgets three = open(THREE);
  private final Prospect call = Policies.call("acme", "staging", Instant.now());

  private static String budgets(int count, String name, String match) {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < count; i++) {
      yaml.append("- {name: ").append(name).append(i).append(", limit: $50, window: month, ");
      yaml.append(String.format(match, i)).append(", action: block}\n");
    }
    return yaml.toString();
  }

  private static Budgets open(String yaml) {
    try {
      return Policies.open(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TearDown
  public void close() {
    hundred.close(Duration.ofSeconds(1));
    one.close(Duration.ofSeconds(1));
    three.close(Duration.ofSeconds(1));
  }

  /** A hundred budgets, none of which the call concerns: at most 50 ns. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public Decision noMatch() {
    return hundred.admit(call);
  }

  /** One budget, within its lease, and the end of the call: at most 2 us at the 99th percentile. */
  @Benchmark
  @BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
  public Decision oneBudget() {
    Decision decision = one.admit(call);
    ((Reservation) decision).settle(COST);
    return decision;
  }

  /** Three budgets at once. */
  @Benchmark
  @BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
  public Decision threeBudgets() {
    Decision decision = three.admit(call);
    ((Reservation) decision).settle(COST);
    return decision;
  }

  /** The same budget from every thread of the machine and more. */
  @Benchmark
  @Threads(8)
  @BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
  public Decision oneBudgetContended() {
    Decision decision = one.admit(call);
    ((Reservation) decision).release();
    return decision;
  }
}
