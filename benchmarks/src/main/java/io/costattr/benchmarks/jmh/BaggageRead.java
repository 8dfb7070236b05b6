package io.costattr.benchmarks.jmh;

import io.costattr.advice.context.OtelBaggage;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.ContextSources;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What reading the baggage of a thread costs a model call: at most 1,000 ns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BaggageRead {
  /** Entries of others beside five of the agent's; -1 for no baggage at all. */
  @Param({"-1", "0", "59", "175"})
  public int others;

  private final ContextSource source = new OtelBaggage();
  private io.opentelemetry.context.Scope scope = io.opentelemetry.context.Scope.noop();

  @SuppressWarnings("MustBeClosedChecker") // It is closed at the end.
  @Setup
  public void start() {
    ContextSources.add(source);
    if (others < 0) {
      return;
    }
    BaggageBuilder baggage =
        Baggage.builder()
            .put("costattr.feature", "support-chat")
            .put("costattr.route", "/api/v1/chat/answer")
            .put("costattr.customer.id", "cust_4291")
            .put("costattr.team", "growth")
            .put("costattr.environment", "production");
    for (int i = 0; i < others; i++) {
      baggage.put("other.key." + i, "some value of another");
    }
    scope = baggage.build().makeCurrent();
  }

  @TearDown
  public void end() {
    scope.close();
    ContextSources.remove(source);
  }

  @Benchmark
  public Attribution read() {
    return ContextSources.attribution();
  }
}
