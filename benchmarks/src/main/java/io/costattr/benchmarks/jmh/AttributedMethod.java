package io.costattr.benchmarks.jmh;

import io.costattr.api.Attributed;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@code @Attributed} adds to a method that calls no model, woven by the agent itself: at most
 * 200 ns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-javaagent:agent/jar/target/costattr.jar")
public class AttributedMethod {
  private final Customer customer = new Customer("cust_4291", 7);

  /** Whom the calls are for. */
  public record Customer(String id, int seats) {}

  @Benchmark
  public int plain() {
    return notAnnotated(customer);
  }

  @Benchmark
  public int texts() {
    return withTexts(customer);
  }

  @Benchmark
  public int property() {
    return withProperty(customer);
  }

  @Benchmark
  public int nested() {
    return outer(customer);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  int notAnnotated(Customer of) {
    return of.seats();
  }

  @Attributed(feature = "support-chat", team = "growth")
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  int withTexts(Customer of) {
    return of.seats();
  }

  @Attributed(feature = "support-chat", customerId = "#args[0].id")
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  int withProperty(Customer of) {
    return of.seats();
  }

  @Attributed(feature = "job", customerId = "internal", team = "growth")
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  int outer(Customer of) {
    return withProperty(of);
  }
}
