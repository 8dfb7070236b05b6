package io.costattr.core.dialect;

import static io.costattr.core.dialect.Spoken.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiUsageTest {

  @Test
  void cachedAndWrittenTokensAreInsideThePrompt() {
    Usage usage =
        usage(
            "\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":60,\"cache_write_tokens\":30,"
                + "\"cache_write_tokens_details\":{\"ttl_12h_tokens\":10}}");

    assertThat(usage.quantity(Meter.INPUT)).isEqualTo(10);
    assertThat(usage.quantity(Meter.CACHED_INPUT)).isEqualTo(60);
    assertThat(usage.quantity(Meter.CACHE_WRITE)).isEqualTo(20);
    assertThat(usage.quantity(Meter.CACHE_WRITE_LONG)).isEqualTo(10);
    assertThat(usage.inputTokens()).isEqualTo(100);
    assertThat(usage.reported().cachedTokens()).isEqualTo(60);
  }

  @Test
  void reasoningIsReportedAndNeverAdded() {
    Usage usage =
        usage(
            "\"input_tokens\":81,\"output_tokens\":1035,\"total_tokens\":1116,"
                + "\"output_tokens_details\":{\"reasoning_tokens\":832}");

    assertThat(usage.quantity(Meter.OUTPUT)).isEqualTo(1035);
    assertThat(usage.reported().reasoningTokens()).isEqualTo(832);
  }

  @Test
  void audioIsApart() {
    Usage usage =
        usage(
            "\"prompt_tokens\":50,\"completion_tokens\":40,"
                + "\"prompt_tokens_details\":{\"audio_tokens\":20},"
                + "\"completion_tokens_details\":{\"audio_tokens\":30}");

    assertThat(usage.quantity(Meter.INPUT)).isEqualTo(30);
    assertThat(usage.quantity(Meter.AUDIO_INPUT)).isEqualTo(20);
    assertThat(usage.quantity(Meter.OUTPUT)).isEqualTo(10);
    assertThat(usage.quantity(Meter.AUDIO_OUTPUT)).isEqualTo(30);
  }

  @Test
  void nullDetailsAreNone() {
    Usage usage =
        usage(
            "\"prompt_tokens\":5,\"completion_tokens\":6,\"prompt_tokens_details\":null,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":null}");

    assertThat(usage.quantity(Meter.INPUT)).isEqualTo(5);
    assertThat(usage.reported().reasoningTokens()).isNull();
  }

  @Test
  void moreCachedThanPromptIsClampedAndCounted() {
    long before = Anomalies.count();

    Usage usage =
        usage(
            "\"prompt_tokens\":3,\"completion_tokens\":6,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4}");

    assertThat(usage.quantity(Meter.INPUT)).isZero();
    assertThat(Anomalies.count()).isEqualTo(before + 1);
  }

  @Test
  void aTotalThatDoesNotAddUpIsCountedAndThePartsAreTaken() {
    long before = Anomalies.count();

    Usage usage = usage("\"prompt_tokens\":3,\"completion_tokens\":6,\"total_tokens\":99");

    assertThat(usage.outputTokens()).isEqualTo(6);
    assertThat(Anomalies.count()).isEqualTo(before + 1);
  }

  @Test
  void whatWasGeneratedFollowsFromTheTotal() {
    assertThat(usage("\"prompt_tokens\":3,\"total_tokens\":9").outputTokens()).isEqualTo(6);
  }

  @Test
  void embeddingsGenerateNothing() {
    Usage usage =
        Spoken.DIALECT
            .transcript(
                Spoken.EMBEDDINGS,
                new Reading(),
                Spoken.response("{\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}"))
            .usage();

    assertThat(Objects.requireNonNull(usage).inputTokens()).isEqualTo(8);
    assertThat(usage.outputTokens()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "\"17 tokens\"",
        "[12,5]",
        "true",
        "{\"prompt_tokens\":12}",
        "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}",
        "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":17}",
        "{\"input_tokens\":0,\"output_tokens\":0}",
        "{\"completion_tokens\":5}",
        "{\"total_tokens\":17}",
        "{\"prompt_tokens\":12,\"total_tokens\":5}",
        "{\"prompt_tokens\":null,\"completion_tokens\":5}",
        "{\"prompt_tokens\":\"12\",\"completion_tokens\":5}",
        "{\"prompt_tokens\":12,\"completion_tokens\":\"\"}",
        "{\"prompt_tokens\":true,\"completion_tokens\":5}",
        "{\"prompt_tokens\":{},\"completion_tokens\":5}",
        "{\"prompt_tokens\":12.5,\"completion_tokens\":5}",
        "{\"prompt_tokens\":1e3,\"completion_tokens\":5}",
        "{\"prompt_tokens\":-12,\"completion_tokens\":5}",
        "{\"prompt_tokens\":12,\"completion_tokens\":-5}",
        "{\"prompt_tokens\":99999999999999999999,\"completion_tokens\":5}",
        "{\"prompt_tokens\":9223372036854775807,\"completion_tokens\":9223372036854775807}",
        "{\"prompt_tokens\":-9223372036854775808,\"completion_tokens\":5}",
        "{\"prompt_tokens\":12,\"completion_tokens\":5,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":-4}}",
        "{\"prompt_tokens\":12,\"completion_tokens\":5,"
            + "\"prompt_tokens_details\":{\"audio_tokens\":-4}}"
      })
  void aUsageThatCannotBeIsNone(String usage) {
    Reading response = Spoken.response("{\"usage\":" + usage + ",\"id\":\"x\"}");

    assertThat(Spoken.DIALECT.reportsUsage(Spoken.CHAT, response)).isFalse();
    assertThat(Spoken.DIALECT.transcript(Spoken.CHAT, new Reading(), response).usage()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 38, 48, 60, 80})
  void halfAUsageIsNone(int length) {
    String document =
        "{\"id\":\"x\",\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":5,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":4}},\"model\":\"m\"}";

    assertThat(answer(document.substring(0, length)).usage()).isNull();
    assertThat(answer(document).usage()).isNotNull();
  }

  @Test
  void theLastUsageOfAStreamIsIt() {
    Usage usage =
        answer(
                "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":1,"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":1}}}",
                "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":9}}",
                "{\"usage\":null}")
            .usage();

    assertThat(Objects.requireNonNull(usage).outputTokens()).isEqualTo(9);
    assertThat(usage.reported().reasoningTokens()).isNull();
  }

  @Test
  void ofTwoNamesOfACountTheOneThatIsNotZeroIsMeant() {
    String chat = "\"prompt_tokens\":12,\"completion_tokens\":5,";
    String zeros =
        "\"input_tokens\":0,\"output_tokens\":0,\"input_tokens_details\":null,"
            + "\"total_tokens\":17";

    for (String members : new String[] {chat + zeros, zeros + "," + chat + "\"x\":1"}) {
      assertThat(usage(members).inputTokens()).isEqualTo(12);
      assertThat(usage(members).outputTokens()).isEqualTo(5);
      assertThat(usage(members).reported().promptTokens()).isEqualTo(12);
    }
  }

  @Test
  void twoNamesThatAgreeAreOneCountAndTwoThatDoNotAreNone() {
    String chat = "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":5,";

    Usage agreed = answer(chat + "\"input_tokens\":12,\"output_tokens\":5}}").usage();

    assertThat(Objects.requireNonNull(agreed).inputTokens()).isEqualTo(12);
    assertThat(answer(chat + "\"input_tokens\":4,\"output_tokens\":5}}").usage()).isNull();
    assertThat(answer(chat + "\"output_tokens\":-5}}").usage()).isNull();
  }

  @Test
  void aLaterUsageMayHaveOtherCountsThanTheOneBefore() {
    Usage usage =
        answer(
                "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":1}}",
                "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":2}}")
            .usage();

    assertThat(Objects.requireNonNull(usage).outputTokens()).isEqualTo(2);
  }

  private static Usage usage(String members) {
    return Objects.requireNonNull(answer("{\"usage\":{" + members + "}}").usage());
  }
}
