package io.costattr.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimatorTest {
  private static final int SAMPLE = 64 * 1024;

  /** Far beyond what is needed (0.2 s), far below what quadratic work would take. */
  private static final Duration LINEAR = Duration.ofSeconds(30);

  private final TokenEstimator tokens = new TokenEstimator();

  /** Counts by tiktoken's o200k_base, from its own documentation. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0",
        "hello world | 2",
        "tiktoken is great! | 6",
        "antidisestablishmentarianism | 6",
        "2 + 2 = 4 | 7",
        "お誕生日おめでとう | 8",
      })
  void known_texts_have_their_known_counts(String text, long expected) {
    assertThat(tokens.count(text)).isEqualTo(expected);
  }

  @Test
  void text_that_spells_a_special_token_is_only_text() {
    assertThat(tokens.count("<|endoftext|>")).isGreaterThan(1);
  }

  @Test
  void cutting_a_long_text_into_pieces_does_not_change_the_count_of_prose() {
    String sentence = " The quick brown fox jumps over the lazy dog, and then 1234 more.";
    int times = 900;

    assertThat(tokens.count(sentence.repeat(times))).isEqualTo(times * tokens.count(sentence));
  }

  @Test
  void a_cut_between_pieces_never_splits_a_character() {
    String whole = "😀".repeat(SAMPLE);
    String shifted = "x" + whole;

    long one = tokens.count("😀");
    assertThat(tokens.count(whole)).isEqualTo(SAMPLE * one);
    assertThat(tokens.count(shifted)).isBetween(SAMPLE * one, SAMPLE * one + 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "!", " ", "\n", " \n", "1", "中", "\uD800", "e\u0301"})
  void a_megabyte_of_the_same_is_linear_work(String unit) {
    String run = unit.repeat(1 << 20);
    assertTimeoutPreemptively(LINEAR, () -> assertThat(tokens.count(run)).isPositive());
  }

  @Test
  void letters_without_a_break_are_linear_work() {
    Random random = new Random(7);
    StringBuilder letters = new StringBuilder();
    while (letters.length() < SAMPLE) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    assertTimeoutPreemptively(
        LINEAR,
        () -> assertThat(tokens.count(letters.toString())).isBetween(30_000L, (long) SAMPLE));
  }

  @Test
  void chat_messages_add_three_tokens_each_and_three_for_the_answer() {
    assertThat(TokenEstimator.chatOverhead(1)).isEqualTo(TokenEstimator.CHAT_OVERHEAD);
    assertThat(TokenEstimator.chatOverhead(10)).isEqualTo(33);
    assertThat(TokenEstimator.chatOverhead(0)).isEqualTo(3);
  }
}
