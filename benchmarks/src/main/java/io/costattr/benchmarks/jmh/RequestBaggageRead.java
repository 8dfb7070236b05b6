package io.costattr.benchmarks.jmh;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.baggage.ServiceBaggage;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.dialect.Routes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
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

/**
 * What the {@code baggage} header of a request costs its first model call, with the agent's members
 * among ten others: at most 1,000 ns where peers are believed; a signature is checked besides.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RequestBaggageRead {
  @Param({"off", "peers", "signed"})
  public String trust = "off";

  private List<String> headers = List.of();

  @Setup
  public void start() {
    Properties settings = new Properties();
    settings.setProperty("costattr.baggage.trust", trust);
    settings.setProperty("costattr.baggage.peers", "10.0.0.0/8");
    settings.setProperty("costattr.baggage.hosts", "embed.internal");
    settings.setProperty("costattr.baggage.key", "0123456789abcdef0123456789abcdef");
    settings.setProperty("costattr.baggage.signature.seconds", "3600");
    ServiceBaggage.start(
        ConfigReader.read(null, settings, Map.of()),
        new Routes(Map.of()),
        new Attribution("support-chat", null, "cust_4291", "growth", null, null, Map.of()));
    Addition addition = Objects.requireNonNull(OutgoingBaggage.of("embed.internal", 443));
    String others = "other.key=some%20value,".repeat(10);
    headers = List.of(Objects.requireNonNull(addition.to(List.of(others))));
  }

  @TearDown
  public void end() {
    Served.believe(null);
  }

  @Benchmark
  public Attribution read() {
    Served request = new Request(headers).enter();
    try {
      return ContextSources.attribution();
    } finally {
      Served.leave(request);
    }
  }

  private static final class Request extends Served {
    private final List<String> headers;

    Request(List<String> headers) {
      super(Source.ROUTE);
      this.headers = headers;
    }

    @Override
    protected String route() {
      return "/embed";
    }

    @Override
    public List<String> headers(String name) {
      return headers;
    }

    @Override
    public String peer() {
      return "10.1.2.3";
    }
  }
}
