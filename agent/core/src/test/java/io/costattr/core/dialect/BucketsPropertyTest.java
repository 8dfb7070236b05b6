package io.costattr.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The buckets of a usage share no token, and lose none, whatever the usage says. */
class BucketsPropertyTest {
  private static final long MOST = 3_000_000;

  @Property
  void aUsageThatAddsUpIsDividedWithoutRest(
      @ForAll @LongRange(max = MOST) long fresh,
      @ForAll @LongRange(max = MOST) long cached,
      @ForAll @LongRange(max = MOST) long written,
      @ForAll @LongRange(max = MOST) long heard,
      @ForAll @LongRange(min = 1, max = MOST) long told,
      @ForAll @LongRange(max = MOST) long spoken) {
    Usage usage =
        usage(fresh + cached + written + heard, told + spoken, cached, written, heard, spoken);

    assertThat(usage.quantity(Meter.INPUT)).isEqualTo(fresh);
    assertThat(usage.quantity(Meter.CACHED_INPUT)).isEqualTo(cached);
    assertThat(usage.quantity(Meter.CACHE_WRITE)).isEqualTo(written);
    assertThat(usage.quantity(Meter.AUDIO_INPUT)).isEqualTo(heard);
    assertThat(usage.quantity(Meter.OUTPUT)).isEqualTo(told);
    assertThat(usage.quantity(Meter.AUDIO_OUTPUT)).isEqualTo(spoken);
    assertThat(usage.inputTokens()).isEqualTo(fresh + cached + written + heard);
    assertThat(usage.outputTokens()).isEqualTo(told + spoken);
  }

  @Property
  void noBucketIsEverNegative(
      @ForAll @LongRange(min = 1, max = MOST) long prompt,
      @ForAll @LongRange(min = 1, max = MOST) long completion,
      @ForAll @LongRange(max = MOST) long cached,
      @ForAll @LongRange(max = MOST) long written,
      @ForAll @LongRange(max = MOST) long heard,
      @ForAll @LongRange(max = MOST) long spoken) {
    Usage usage = usage(prompt, completion, cached, written, heard, spoken);

    for (Meter meter : Meter.values()) {
      assertThat(usage.quantity(meter)).as(meter.id()).isNotNegative();
    }
    assertThat(usage.inputTokens()).isGreaterThanOrEqualTo(prompt);
    assertThat(usage.outputTokens()).isGreaterThanOrEqualTo(completion);
  }

  private static Usage usage(
      long prompt, long completion, long cached, long written, long heard, long spoken) {
    Usage usage =
        Spoken.answer(
                ("{\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":%d,\"cache_write_tokens\":%d,"
                        + "\"audio_tokens\":%d},\"completion_tokens_details\":{\"audio_tokens\":%d}}}")
                    .formatted(prompt, completion, cached, written, heard, spoken))
            .usage();
    assertThat(usage).isNotNull();
    return usage;
  }
}
