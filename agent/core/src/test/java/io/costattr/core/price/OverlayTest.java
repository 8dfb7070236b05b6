package io.costattr.core.price;

import static io.costattr.core.price.Query.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A user's prices over the built-in ones. */
class OverlayTest {
  private static final String USAGE = "input=1000 output=1000";
  private static final PriceBook BUILT_IN = PriceBook.builtIn();

  @Test
  void a_row_of_the_same_key_and_day_replaces_the_built_in_one() {
    PriceBook book = over("openai,gpt-5.5,input,4,1000000,2026-04-23");

    assertThat(answeredBy("gpt-5.5").price(book, USAGE).usd()).isEqualByComparingTo("0.034");
    assertThat(book.rows()).hasSameSizeAs(BUILT_IN.rows());
  }

  @Test
  void a_later_row_holds_from_its_day_and_the_built_in_one_until_then() {
    PriceBook book = over("openai,gpt-5.5,input,4,1000000,2026-12-01");

    Query call = answeredBy("gpt-5.5");
    assertThat(call.at("2026-11-30T23:59:59Z").price(book, USAGE).usd())
        .isEqualByComparingTo("0.035");
    assertThat(call.at("2026-12-01T00:00:00Z").price(book, USAGE).usd())
        .isEqualByComparingTo("0.034");
    assertThat(book.rows()).hasSize(BUILT_IN.rows().size() + 1);
  }

  @Test
  void an_earlier_row_still_wins_over_a_later_built_in_one() {
    PriceBook book = over("openai,gpt-5.6-luna,input,0.1,1000000,2026-07-01");

    assertThat(answeredBy("gpt-5.6-luna").price(book, "input=1000").usd())
        .isEqualByComparingTo("0.0001");
  }

  @Test
  void after_its_last_day_the_built_in_row_is_back() {
    PriceBook book =
        BUILT_IN.overlay(
            Books.of(
                "effective_to,"
                    + Books.HEADER
                    + "2026-11-20,openai,gpt-5.5,input,4,1000000,2026-11-01\n"));

    Query call = answeredBy("gpt-5.5");
    assertThat(call.at("2026-11-19T12:00:00Z").price(book, USAGE).usd())
        .isEqualByComparingTo("0.034");
    assertThat(call.at("2026-11-20T00:00:00Z").price(book, USAGE).usd())
        .isEqualByComparingTo("0.035");
  }

  @Test
  void all_other_rows_of_the_model_stay() {
    PriceBook book = over("openai,gpt-5.5,input,4,1000000,2026-04-23");

    assertThat(answeredBy("gpt-5.5").served("priority").price(book, USAGE).usd())
        .isEqualByComparingTo("0.0875");
    assertThat(answeredBy("gpt-5.5").price(book, "input=300000").usd()).isEqualByComparingTo("3");
  }

  @Test
  void a_model_of_a_new_provider_can_be_added() {
    PriceBook book = over("acme,llama-4,input,0.2,1000000,2026-01-01");

    Cost cost = answeredBy("llama-4").of("acme", true).price(book, "input=10");
    assertThat(cost.usd()).isEqualByComparingTo("0.000002");
    assertThat(cost.lines().get(0).row()).isEqualTo("acme/llama-4/standard/short/input@2026-01-01");
  }

  @Test
  void an_own_alias_wins_over_a_built_in_one() {
    PriceBook book =
        BUILT_IN.overlay(
            Books.of(
                "aliases,"
                    + Books.HEADER
                    + "gpt-5.6 house-model,openai,gpt-5.6-luna,input,0.2,1000000,2026-07-30\n"));

    assertThat(answeredBy("gpt-5.6").price(book, "input=1000").usd())
        .isEqualByComparingTo("0.0002");
    assertThat(answeredBy("house-model").price(book, "input=1000").usd())
        .isEqualByComparingTo("0.0002");
  }

  @Test
  void an_own_long_context_threshold_wins() {
    PriceBook book =
        BUILT_IN.overlay(
            Books.of(
                "context,long_context_over,"
                    + Books.HEADER
                    + "long,200000,openai,gpt-5.5,input,10,1000000,2026-04-23\n"));

    assertThat(answeredBy("gpt-5.5").price(book, "input=200001").usd())
        .isEqualByComparingTo("2.00001");
    assertThat(answeredBy("gpt-5.5").price(book, "input=200000").usd()).isEqualByComparingTo("1");
  }

  @Test
  void the_version_names_both_and_the_last_of_several_wins() {
    PriceBook one = Books.of("# version: one\n" + Books.HEADER + "a,m,input,1,1,2026-01-01\n");
    PriceBook two = Books.of("# version: two\n" + Books.HEADER + "a,m,input,2,1,2026-01-01\n");

    PriceBook book = BUILT_IN.overlay(one).overlay(two);

    assertThat(book.version()).isEqualTo(BUILT_IN.version() + "+one+two");
    assertThat(answeredBy("m").of("a", false).price(book, "input=1").usd())
        .isEqualByComparingTo("2");
    assertThat(BUILT_IN.overlay(one.overlay(two)).rows()).hasSameSizeAs(book.rows());
  }

  private static PriceBook over(String row) {
    return BUILT_IN.overlay(Books.of(Books.HEADER + row + "\n"));
  }
}
