package io.costattr.benchmarks.jmh;

import io.costattr.core.price.Cost;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.time.Instant;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pricing one event: at most 1 microsecond, and nothing allocated but the cost itself ({@code -prof
 * gc} says how much). {@link Opening} is the other half: opening the book.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Prices {
  private static final Instant PEAK = Instant.parse("2026-11-23T02:00:00Z");

  /** How the rates are found. */
  public enum Found {
    /** By the family of a dated snapshot. */
    FAMILY("openai", "gpt-5.5-2026-04-23", "api.openai.com"),
    /** By OpenAI's model of that name, after the provider's own. */
    STAND_IN("azure.ai.openai", "gpt-4.1-2025-04-14", "acme.openai.azure.com"),
    /** With an uplift. */
    REGION("openai", "gpt-5.5", "eu.api.openai.com"),
    /** Beyond a threshold of context. */
    LONG("gcp.gemini", "gemini-2.5-pro", "generativelanguage.googleapis.com"),
    /** By the hour. */
    HOURS("deepseek", "deepseek-v4-flash", "api.deepseek.com"),
    /** Not at all. */
    NOTHING("openai", "gpt-nobody-knows", "api.openai.com");

    private final String provider;
    private final String model;
    private final String host;

    Found(String provider, String model, String host) {
      this.provider = provider;
      this.model = model;
      this.host = host;
    }

    PriceQuery query() {
      return new PriceQuery(provider, true, model, model, "default", null, PEAK, host);
    }
  }

  @Param Found found = Found.FAMILY;

  private final PriceBook book = PriceBook.builtIn();
  private final Usage usage =
      Usage.builder()
          .set(Meter.INPUT, 300_000)
          .set(Meter.CACHED_INPUT, 200)
          .set(Meter.OUTPUT, 500)
          .build();

  private PriceQuery query = found.query();

  @Setup
  public void choose() {
    query = found.query();
  }

  @Benchmark
  public Cost price() {
    return book.price(query, usage);
  }

  /** Opening the book in a JVM that has just started: at most 30 ms. */
  @State(Scope.Benchmark)
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  @Fork(20)
  public static class Opening {
    private final Usage usage = Usage.builder().set(Meter.INPUT, 1).build();

    @Benchmark
    public PriceBook open() {
      return PriceBook.builtIn();
    }

    /** And the first event priced by it. */
    @Benchmark
    public Cost openAndPrice() {
      return PriceBook.builtIn().price(Found.FAMILY.query(), usage);
    }

    /** And every row of it read, which no agent does. */
    @Benchmark
    public int openAndReadAll() {
      return PriceBook.builtIn().rows().size();
    }
  }
}
