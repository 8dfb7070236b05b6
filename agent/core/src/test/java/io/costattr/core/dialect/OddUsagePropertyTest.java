package io.costattr.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever stands where a count should: it is that count, or there is no usage at all. */
class OddUsagePropertyTest {

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aCountIsTakenAsItStandsOrNotAtAll(
      @ForAll("values") String prompt,
      @ForAll("values") String completion,
      @ForAll("values") String total,
      @ForAll("values") String cached,
      @ForAll("values") String reasoning) {
    Usage usage =
        Spoken.answer(
                "{\"usage\":{\"total_tokens\":"
                    + total
                    + ",\"prompt_tokens\":"
                    + prompt
                    + ",\"completion_tokens\":"
                    + completion
                    + ",\"prompt_tokens_details\":{\"cached_tokens\":"
                    + cached
                    + "},\"completion_tokens_details\":{\"reasoning_tokens\":"
                    + reasoning
                    + "}}}")
            .usage();

    if (usage == null) {
      return;
    }
    Long promptCount = count(prompt);
    Long cachedCount = count(cached);
    assertThat(promptCount).isNotNull().isNotNegative();
    assertThat(usage.reported().promptTokens()).isEqualTo(promptCount);
    assertThat(usage.reported().completionTokens()).isEqualTo(count(completion));
    assertThat(usage.reported().cachedTokens()).isEqualTo(cachedCount);
    assertThat(usage.reported().reasoningTokens()).isEqualTo(count(reasoning));
    assertThat(usage.quantity(Meter.OUTPUT))
        .isEqualTo(outputOf(count(completion), count(total), promptCount));
    assertThat(usage.quantity(Meter.CACHED_INPUT)).isEqualTo(cachedCount == null ? 0 : cachedCount);
    assertThat(usage.inputTokens())
        .isEqualTo(Math.max(promptCount, usage.quantity(Meter.CACHED_INPUT)));
    assertThat(usage.inputTokens() + usage.outputTokens()).isPositive();
  }

  private static long outputOf(
      @Nullable Long completion, @Nullable Long total, @Nullable Long prompt) {
    if (completion != null) {
      return completion;
    }
    assertThat(total).isNotNull();
    return total - prompt;
  }

  /** The whole number, or null where none is said; what is neither must not get here. */
  private static @Nullable Long count(String value) {
    if (value.equals("null") || value.startsWith("{") || value.startsWith("[")) {
      return null;
    }
    BigDecimal number = new BigDecimal(value);
    String whole = number.toBigIntegerExact().toString();
    assertThat(value).matches(text -> text.equals(whole) || text.matches(whole + "\\.0+"));
    return number.longValueExact();
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, Arbitraries.longs().between(0, 100_000).map(String::valueOf)),
        Tuple.of(1, Arbitraries.longs().map(String::valueOf)),
        Tuple.of(
            1,
            Arbitraries.bigDecimals().map(number -> String.valueOf(number.stripTrailingZeros()))),
        Tuple.of(
            2,
            Arbitraries.of(
                "null",
                "true",
                "false",
                "\"12\"",
                "\"\"",
                "\"many\"",
                "{}",
                "[]",
                "[7]",
                "{\"value\":7}",
                "-1",
                "0",
                "0.0",
                "12.0",
                "12.5",
                "1e3",
                "1E400",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "18446744073709551628",
                "99999999999999999999999999999999")));
  }
}
