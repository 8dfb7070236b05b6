package io.costattr.benchmarks.jmh;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.dialect.Routes;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.ledger.EventId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every HTTP call pays, and what every model call pays beside its bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotPath {
  @Setup
  public void start() {
    Exchanges.start(new Routes(Map.of()), Exchange::release, Defaults.of(Attribution.NONE));
  }

  /** A call to a host that is no provider: at most 300 ns. */
  @Benchmark
  public @Nullable Exchange otherHost() {
    return Exchanges.open("okhttp", "POST", "api.example.com", 443, "/v2/orders/1234", null);
  }

  /** Opening and ending an exchange, without bytes. */
  @Benchmark
  public @Nullable Exchange openAndEnd() {
    Exchange exchange =
        Exchanges.open("okhttp", "POST", "api.openai.com", 443, "/v1/chat/completions", null);
    if (exchange != null) {
      exchange.failed(failure);
    }
    return exchange;
  }

  private final RuntimeException failure = new IllegalStateException("benchmark");

  @Benchmark
  public String eventId() {
    return EventId.next();
  }
}
