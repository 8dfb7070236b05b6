package io.costattr.core.price;

import static io.costattr.core.price.Query.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows a call is priced by, and what the event says about it. */
class LookUpTest {
  private static final String USAGE = "input=1000 output=1000";
  private static final PriceBook BOOK = PriceBook.builtIn();

  @Test
  void the_model_of_the_response_goes_before_the_model_of_the_request() {
    Cost cost = answeredBy("gpt-4o-mini").asked("gpt-5.5").price(BOOK, USAGE);

    assertThat(cost.rule()).isEqualTo("response_model");
    assertThat(cost.lines().get(0).row())
        .isEqualTo("openai/gpt-4o-mini/standard/short/input@2024-07-18");
    assertThat(cost.version()).isEqualTo(BOOK.version());
  }

  @Test
  void the_request_is_asked_when_the_response_names_no_model_or_an_unknown_one() {
    assertThat(answeredBy(null).asked("gpt-5.5").price(BOOK, USAGE).rule())
        .isEqualTo("request_model");
    assertThat(answeredBy("").asked("gpt-5.5-2026-04-23").price(BOOK, USAGE).rule())
        .isEqualTo("request_model_family");
    assertThat(answeredBy("prod-7").asked("gpt-5.5").price(BOOK, USAGE).rule())
        .isEqualTo("request_model");
  }

  @Test
  void an_alias_is_priced_as_what_it_stands_for() {
    Cost cost = answeredBy("gpt-5.6").price(BOOK, USAGE);

    assertThat(cost.rule()).isEqualTo("response_model_alias");
    assertThat(cost.lines().get(0).row()).startsWith("openai/gpt-5.6-sol/");
  }

  @Test
  void a_snapshot_has_its_own_row_or_its_familys() {
    Cost own = answeredBy("gpt-4o-2024-05-13").price(BOOK, USAGE);
    Cost family = answeredBy("gpt-4o-2024-11-20").price(BOOK, USAGE);
    Cost familyOfAlias = answeredBy("gpt-5.6-2026-07-09").price(BOOK, USAGE);

    assertThat(own.rule()).isEqualTo("response_model");
    assertThat(own.lines().get(0).row()).startsWith("openai/gpt-4o-2024-05-13/");
    assertThat(family.rule()).isEqualTo("response_model_family");
    assertThat(family.lines().get(0).row()).startsWith("openai/gpt-4o/");
    assertThat(familyOfAlias.lines().get(0).row()).startsWith("openai/gpt-5.6-sol/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-5.5-turbo",
        "gpt-5.5-2026-04",
        "gpt-5.5-2026-04-23-preview",
        "gpt-5.5-2026-0a-23",
        "gpt-4o-2024x11-20",
        "-2026-04-23",
        "GPT-5.5",
        "*",
        "gpt-4-0314"
      })
  void what_only_looks_like_a_known_model_is_unpriced(String model) {
    Cost cost = answeredBy(model).price(BOOK, USAGE);

    assertThat(cost.basis()).isEqualTo(Basis.UNPRICED);
    assertThat(cost.picoUsd()).isNull();
    assertThat(cost.usd()).isNull();
    assertThat(cost.rule()).isNull();
    assertThat(cost.version()).isEqualTo(BOOK.version());
    assertThat(cost.lines())
        .hasSize(2)
        .allSatisfy(
            line -> {
              assertThat(line.quantity()).isEqualTo(1000);
              assertThat(line.row()).isNull();
              assertThat(line.usdPer()).isNull();
              assertThat(line.picoUsd()).isNull();
            });
  }

  @Test
  void a_deployments_model_is_asked_between_the_responses_and_the_requests() {
    Query azure = answeredBy("prod-7").asked("gpt-4o").of("azure.ai.openai", true);

    Cost mapped = azure.deployed("gpt-4o-mini").price(BOOK, USAGE);
    Cost answered = answeredBy("gpt-5.5").deployed("gpt-4o-mini").price(BOOK, USAGE);

    assertThat(mapped.lines().get(0).row()).startsWith("openai/gpt-4o-mini/");
    assertThat(mapped.rule()).isEqualTo("openai_model_name:deployment_model");
    assertThat(answered.rule()).isEqualTo("response_model");
  }

  @Test
  void a_snapshot_dated_without_dashes_is_one_of_its_family() {
    Cost cost = answeredBy("claude-haiku-4-5-20251001").of("anthropic", false).price(BOOK, USAGE);

    assertThat(cost.usd()).isEqualByComparingTo("0.006");
    assertThat(cost.rule()).isEqualTo("response_model_family");
    assertThat(
            answeredBy("claude-haiku-4-5-19251001")
                .of("anthropic", false)
                .price(BOOK, USAGE)
                .basis())
        .isEqualTo(Basis.UNPRICED);
  }

  @Test
  void where_the_provider_says_that_it_ran_counts_as_a_region() {
    Query call = answeredBy("claude-opus-4-8").of("anthropic", false).on("api.anthropic.com");

    assertThat(call.in("us").price(BOOK, USAGE).usd()).isEqualByComparingTo("0.033");
    assertThat(call.in("us").price(BOOK, USAGE).rule()).isEqualTo("response_model+regional");
    assertThat(call.in("global").price(BOOK, USAGE).usd()).isEqualByComparingTo("0.03");
    assertThat(
            answeredBy("claude-haiku-4-5")
                .of("anthropic", false)
                .in("us")
                .price(BOOK, USAGE)
                .rule())
        .isEqualTo("response_model");
  }

  @Test
  void more_names_than_are_remembered_are_looked_up_all_the_same() {
    PriceBook book =
        Books.of(
            Books.HEADER
                + "openai,ft:m,input,1,1,2026-01-01\n"
                + "openai,m,input,2,1,2026-01-01\n");
    for (int owner = 0; owner < 3_000; owner++) {
      assertThat(answeredBy("ft:m:acme::" + owner).price(book, "input=1").usd())
          .isEqualByComparingTo("1");
    }
    assertThat(answeredBy("m").price(book, "input=1").usd()).isEqualByComparingTo("2");
  }

  @Test
  void long_context_that_came_to_an_end_is_short_again() {
    Query call = answeredBy("claude-opus-4-6").of("anthropic", false);
    String usage = "input=200001 output=1000";

    assertThat(call.at("2026-03-12T23:59:59Z").price(BOOK, usage).usd())
        .isEqualByComparingTo("2.03751");
    assertThat(call.at("2026-03-13T00:00:00Z").price(BOOK, usage).usd())
        .isEqualByComparingTo("1.025005");
  }

  @Test
  void a_models_own_fee_holds_in_every_tier() {
    assertThat(
            answeredBy("gpt-4.1").served("batch").price(BOOK, "web_search_preview_call=1000").usd())
        .isEqualByComparingTo("25");
    assertThat(
            answeredBy("gpt-4o-mini-search-preview")
                .price(BOOK, "web_search_preview_call=1000")
                .usd())
        .isEqualByComparingTo("25");
  }

  @Test
  void the_preview_of_web_search_costs_by_the_model() {
    assertThat(answeredBy("gpt-4.1").price(BOOK, "web_search_preview_call=1000").usd())
        .isEqualByComparingTo("25");
    assertThat(answeredBy("gpt-5.5").price(BOOK, "web_search_preview_call=1000").usd())
        .isEqualByComparingTo("10");
  }

  @Test
  void a_call_that_names_no_model_is_unpriced() {
    assertThat(answeredBy(null).price(BOOK, USAGE).basis()).isEqualTo(Basis.UNPRICED);
  }

  @Test
  void a_fine_tuned_model_is_priced_by_rows_of_its_own_only() {
    String model = "ft:gpt-4o-mini-2024-07-18:acme::Ab12";
    assertThat(answeredBy(model).asked("gpt-4o-mini").price(BOOK, USAGE).basis())
        .isEqualTo(Basis.UNPRICED);
    assertThat(answeredBy(null).asked(model).price(BOOK, USAGE).basis()).isEqualTo(Basis.UNPRICED);
    assertThat(
            answeredBy("openai/" + model)
                .asked("gpt-4o-mini")
                .of("openai-compatible", true)
                .price(BOOK, USAGE)
                .basis())
        .isEqualTo(Basis.UNPRICED);

    PriceBook tuned =
        BOOK.overlay(
            Books.of(
                Books.HEADER
                    + "openai,ft:gpt-4o-mini,input,0.30,1000000,2024-08-01\n"
                    + "openai,ft:gpt-4o-mini,output,1.20,1000000,2024-08-01\n"));
    Cost cost = answeredBy(model).price(tuned, USAGE);
    assertThat(cost.usd()).isEqualByComparingTo("0.0015");
    assertThat(cost.rule()).isEqualTo("response_model_family");
  }

  @ParameterizedTest
  @CsvSource({
    "openai-compatible, gpt-5.5, openai_model_name:response_model",
    "openai-compatible, openai/gpt-5.5, openai_model_name:response_model",
    "openai-compatible, gpt-5.5-2026-04-23, openai_model_name:response_model_family",
    "my-gateway, gpt-5.5, openai_model_name:response_model",
    "azure.ai.openai, gpt-5.5-2026-04-23, openai_model_name:response_model_family",
  })
  void a_provider_without_rows_is_priced_by_the_name_of_openais_model(
      String provider, String model, String rule) {
    Cost cost = answeredBy(model).of(provider, true).on("localhost").price(BOOK, USAGE);

    assertThat(cost.usd()).isEqualByComparingTo("0.035");
    assertThat(cost.rule()).isEqualTo(rule);
    assertThat(cost.lines().get(0).row()).startsWith("openai/gpt-5.5/");
  }

  @Test
  void a_providers_own_row_goes_before_openais() {
    PriceBook book =
        BOOK.overlay(
            Books.of(
                Books.HEADER
                    + "azure.ai.openai,gpt-5.5,input,6,1000000,2026-04-23\n"
                    + "azure.ai.openai,gpt-5.5,output,36,1000000,2026-04-23\n"));

    Cost own = answeredBy("gpt-5.5").of("azure.ai.openai", true).price(book, USAGE);
    Cost byName = answeredBy("gpt-5.4").of("azure.ai.openai", true).price(book, USAGE);

    assertThat(own.usd()).isEqualByComparingTo("0.042");
    assertThat(own.rule()).isEqualTo("response_model");
    assertThat(byName.rule()).isEqualTo("openai_model_name:response_model");
  }

  @Test
  void a_provider_that_does_not_speak_openais_dialect_is_not() {
    assertThat(answeredBy("gpt-5.5").of("anthropic", false).price(BOOK, USAGE).basis())
        .isEqualTo(Basis.UNPRICED);
  }

  @Test
  void before_its_first_day_a_model_has_no_price() {
    assertThat(answeredBy("gpt-5.5").at("2026-04-22T23:59:59Z").price(BOOK, USAGE).basis())
        .isEqualTo(Basis.UNPRICED);
    assertThat(answeredBy("gpt-5.5").at("2026-04-23T00:00:00Z").price(BOOK, USAGE).basis())
        .isEqualTo(Basis.REPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scale", "ultrafast", "PRIORITY", "batch "})
  void a_tier_without_a_price_is_unpriced_not_standard(String tier) {
    Cost cost = answeredBy("gpt-5.5").served(tier).price(BOOK, USAGE);

    assertThat(cost.basis()).isEqualTo(Basis.UNPRICED);
    assertThat(cost.picoUsd()).isNull();
  }

  @Test
  void a_tier_that_the_model_does_not_have_is_unpriced() {
    assertThat(answeredBy("gpt-4o").served("flex").price(BOOK, USAGE).basis())
        .isEqualTo(Basis.UNPRICED);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "auto", "default", "standard"})
  void no_tier_is_standard(String tier) {
    assertThat(answeredBy("gpt-5.5").served(tier).price(BOOK, USAGE).usd())
        .isEqualByComparingTo("0.035");
  }

  @Test
  void where_no_tier_is_served_the_one_asked_for_counts() {
    assertThat(answeredBy("gpt-5.5").requested("flex").price(BOOK, USAGE).usd())
        .isEqualByComparingTo("0.0175");
    assertThat(answeredBy("gpt-5.5").served("auto").requested("fast").price(BOOK, USAGE).usd())
        .isEqualByComparingTo("0.0875");
    assertThat(answeredBy("gpt-5.5").requested("auto").price(BOOK, USAGE).usd())
        .isEqualByComparingTo("0.035");
  }

  @Test
  void long_context_served_with_priority_has_no_published_price() {
    Cost cost = answeredBy("gpt-5.5").served("priority").price(BOOK, "input=272001 output=1");

    assertThat(cost.basis()).isEqualTo(Basis.UNPRICED);
  }

  @Test
  void a_meter_without_a_price_makes_the_whole_unpriced_and_keeps_what_is_known() {
    Cost cost = answeredBy("gpt-5.5").price(BOOK, "input=1000 audio_output=5");

    assertThat(cost.basis()).isEqualTo(Basis.UNPRICED);
    assertThat(cost.picoUsd()).isNull();
    assertThat(cost.rule()).isEqualTo("response_model");
    assertThat(cost.lines().get(0).picoUsd()).isEqualTo(5_000_000_000L);
    assertThat(cost.lines().get(1).row()).isNull();
    assertThat(cost.lines().get(1).picoUsd()).isNull();
  }

  @Test
  void a_cache_write_without_a_price_is_not_input_where_the_model_charges_for_writes() {
    PriceBook book =
        Books.of(
            "tier,"
                + Books.HEADER
                + "standard,openai,m,input,1,1000000,2026-01-01\n"
                + "standard,openai,m,cache_write,1.25,1000000,2026-01-01\n"
                + "batch,openai,m,input,0.5,1000000,2026-01-01\n");
    assertThat(answeredBy("m").served("batch").price(book, "cache_write=1").basis())
        .isEqualTo(Basis.UNPRICED);
    assertThat(answeredBy("gpt-6.2-sol").served("batch").price(BOOK, "cache_write_long=1").basis())
        .isEqualTo(Basis.UNPRICED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"us", "eu", "ae", "au", "in", "jp", "EU", "kr"})
  void a_regional_host_says_so_in_the_rule(String region) {
    Cost cost = answeredBy("gpt-5.5").on(region + ".api.openai.com").price(BOOK, USAGE);

    assertThat(cost.usd()).isEqualByComparingTo("0.0385");
    assertThat(cost.rule()).isEqualTo("response_model+regional");
    assertThat(cost.lines().get(0).usdPer()).isEqualByComparingTo("5.5");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "api.openai.com",
        "eu.api.openai.com.evil.example",
        "eux.api.openai.com",
        "e1.api.openai.com",
        "eu.api.openai.org"
      })
  void other_hosts_are_not_regional(String host) {
    Cost cost = answeredBy("gpt-5.5").on(host).price(BOOK, USAGE);

    assertThat(cost.usd()).isEqualByComparingTo("0.035");
    assertThat(cost.rule()).isEqualTo("response_model");
  }

  @ParameterizedTest
  @CsvSource({
    "aiplatform.googleapis.com, 0.018, response_model",
    "us-east5-aiplatform.googleapis.com, 0.0198, response_model+regional",
    "aiplatform.eu.rep.googleapis.com, 0.0198, response_model+regional",
  })
  void so_does_a_regional_endpoint_of_vertex_ai(String host, String usd, String rule) {
    Cost cost =
        answeredBy("claude-sonnet-4-6").of("gcp.vertex_ai", false).on(host).price(BOOK, USAGE);

    assertThat(cost.usd()).isEqualByComparingTo(usd);
    assertThat(cost.rule()).isEqualTo(rule);
  }

  @Test
  void a_regional_host_is_not_named_where_it_costs_nothing() {
    assertThat(answeredBy("gpt-4o").on("eu.api.openai.com").price(BOOK, USAGE).rule())
        .isEqualTo("response_model");
  }

  @Test
  void an_estimate_is_the_same_arithmetic_and_says_so() {
    Cost cost = BOOK.estimate(answeredBy("gpt-5.5").build(), Query.usage("input=81 output=1035"));

    assertThat(cost.basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(cost.usd()).isEqualByComparingTo("0.031455");
  }

  @Test
  void an_estimate_without_a_price_is_unpriced() {
    assertThat(BOOK.estimate(answeredBy("gpt-9").build(), Query.usage("input=1")).basis())
        .isEqualTo(Basis.UNPRICED);
  }

  @Test
  void nothing_used_costs_nothing() {
    Cost cost = answeredBy("gpt-5.5").price(BOOK, "input=0");

    assertThat(cost.picoUsd()).isZero();
    assertThat(cost.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input=9223372036854775807",
        "input=1 output=9223372036854775807",
        "input=1 output=200000000000 web_search_call=400000000",
        "input=9223372036854775807 cached_input=9223372036854775807",
        "output=310000000000"
      })
  void a_usage_too_large_to_be_true_is_unpriced_not_wrapped_around(String usage) {
    Cost cost = answeredBy("gpt-5.5").price(BOOK, usage);

    assertThat(cost.basis()).isEqualTo(Basis.UNPRICED);
    assertThat(cost.picoUsd()).isNull();
  }

  @Test
  void so_is_one_of_a_free_model() {
    PriceBook free = Books.of(Books.HEADER + "openai,m,input,0,1000000,2026-01-01\n");

    assertThat(answeredBy("m").price(free, "input=1000000000000").picoUsd()).isZero();
    assertThat(
            answeredBy("m")
                .price(
                    free,
                    "input=9223372036854775807 cached_input=9223372036854775807 cache_write=5")
                .basis())
        .isEqualTo(Basis.UNPRICED);
  }
}
