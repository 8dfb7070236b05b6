package io.costattr.benchmarks.jmh;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import io.costattr.core.rules.Ruling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * What rules cost a model call: at most 500 ns for each rule that asks its request, and some
 * microseconds once for those that look at the stack.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RulesAsked {
  private static final String OF_REQUESTS =
      """
      - customer_id: {header: X-Customer-Id}
      - customer_id: {claim: tenant_id}
      - route: webhook:crm-sync
        when: {path: /hooks/crm/**, method: POST}
      - team: growth
        when: {feature: [onboarding, "trial-*"]}
      - tag.plan: {header: X-Plan, map: {"ent*": enterprise}, otherwise: other}
      """;
  private static final String OF_THE_STACK =
      """
      - team: search
        when: {caller: com.acme.search}
      - route: cron:nightly
        when: {job: com.acme.jobs.Nightly}
      """;

  /** Which rules there are. */
  @Param({"none", "request", "stack"})
  public String rules = "none";

  private @Nullable Served served;

  @Setup
  public void start() throws IOException {
    if (!rules.equals("none")) {
      Path file = Files.createTempFile("rules", ".yaml");
      Files.writeString(file, "rules:\n" + (rules.equals("stack") ? OF_THE_STACK : OF_REQUESTS));
      Ruling.start(file, Attribution.NONE);
      Files.delete(file);
    }
    served = new Request().enter();
  }

  @TearDown
  public void end() {
    Served.leave(served);
    ContextSources.ask(null);
  }

  @Benchmark
  public Attribution read() {
    return ContextSources.attribution();
  }

  /** A request as a servlet would tell it. */
  private static final class Request extends Served {
    Request() {
      super(Source.ROUTE);
    }

    @Override
    protected String route() {
      return "/hooks/{name}";
    }

    @Override
    public List<String> headers(String name) {
      return name.equals("X-Customer-Id") ? List.of("cust_4291") : List.of();
    }

    @Override
    public String path() {
      return "/hooks/crm/4711";
    }

    @Override
    public String method() {
      return "POST";
    }
  }
}
