package io.costattr.core.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.dialect.Routes;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.Guards;
import io.costattr.core.price.Basis;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an entry gives reason to look at. */
class GuardsTest {
  private static final String CHAT = "/v1/chat/completions";

  private final Settled settled = new Settled(null);

  @BeforeEach
  void start() {
    Exchanges.start(new Routes(Map.of()), over -> {}, Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @ParameterizedTest
  @CsvSource({"250000, 250000, false", "250001, 250000, true", "11, 10, true", "11, 0, false"})
  void aPromptBeyondTheLimitIsWarnedOf(long prompt, long limit, boolean warned) {
    CostEvent event =
        new Settled("prompt.size.warning=" + limit)
            .call(CHAT, asked("gpt-4.1"), answered("gpt-4.1", prompt, 10, 1));

    assertThat(event.guards().promptLimit()).isEqualTo(warned ? limit : null);
  }

  @Test
  void theCliffIsSaidInDollars() {
    CostEvent beyond = settled.call(CHAT, asked("gpt-5.4"), answered("gpt-5.4", 272_001, 0, 1000));
    CostEvent below = settled.call(CHAT, asked("gpt-5.4"), answered("gpt-5.4", 272_000, 0, 1000));

    assertThat(beyond.cost().usd()).isEqualByComparingTo("1.382505");
    // 272001 x 2.50 and 1000 x 7.50 per million.
    assertThat(beyond.guards().longContextSurcharge()).isEqualTo(687_502_500_000L);
    assertThat(below.guards().longContextSurcharge()).isNull();
  }

  @Test
  void theCacheIsSaidInDollars() {
    CostEvent read = settled.call(CHAT, asked("gpt-5.5"), answered("gpt-5.5", 1_000, 600, 1));
    CostEvent written =
        settled.call(
            CHAT,
            asked("gpt-6-sol"),
            "{'model':'gpt-6-sol','choices':[{}],'usage':{'prompt_tokens':1000,'completion_tokens':1,"
                + "'prompt_tokens_details':{'cached_tokens':0,'cache_write_tokens':800}}}");

    assertThat(read.guards().cacheSavings()).isEqualTo(600 * 4_500_000L);
    assertThat(read.guards().cachePremium()).isNull();
    assertThat(written.guards().cachePremium()).isEqualTo(800 * 500_000L);
    assertThat(written.guards().cacheSavings()).isNull();
  }

  @Test
  void aPlainCallGivesNoReasonToLook() {
    assertThat(settled.call(CHAT, asked("gpt-4o"), answered("gpt-4o", 10, 0, 1)).guards())
        .isEqualTo(Guards.NONE);
  }

  @Test
  void byPolicyAnUnpricedCallCountsAsTheDearestOfItsFamily() {
    String answer = answered("gpt-5.5-hyper", 1_000, 0, 100);

    CostEvent event = new Settled("unpriced.budget=family").call(CHAT, asked("x"), answer);

    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(event.cost().picoUsd()).isNull();
    // gpt-5.5-pro: 30 and 180 per million.
    assertThat(event.guards().budgetCost()).isEqualTo(48_000_000_000L);
    assertThat(settled.call(CHAT, asked("x"), answer).guards().budgetCost()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o", "nobody-knows-it"})
  void whatHasAPriceOrNoFamilyCountsAsNothingElse(String model) {
    CostEvent event =
        new Settled("unpriced.budget=family").call(CHAT, asked("y"), answered(model, 10, 0, 1));

    assertThat(event.guards().budgetCost()).isNull();
  }

  @Test
  void whatTimedOutIsAtRiskUpToItsLimit() {
    CostEvent event =
        settled.unanswered(
            CHAT,
            "{'model':'gpt-4o-mini','max_completion_tokens':1000,'messages':[{'role':'user',"
                + "'content':'Which colour has the sky?'}]}",
            new SocketTimeoutException());

    assertThat(event.cost().basis()).isEqualTo(Basis.UNKNOWN);
    assertThat(event.cost().picoUsd()).isNull();
    // 12 x 0.15 and 1000 x 0.60 per million.
    assertThat(event.cost().atRiskPicoUsd()).isEqualTo(601_800_000L);
    assertThat(event.attempt().errorCode()).isEqualTo("timeout");
  }

  @Test
  void withoutALimitTheLongestAnswerSoFarTells() {
    String question = "{'model':'gpt-4o-mini','messages':[{'role':'user','content':'Hi'}]}";
    CostEvent before = settled.unanswered(CHAT, question, new IOException("reset"));
    settled.call(CHAT, question, answered("gpt-4o-mini", 8, 0, 9_000));
    CostEvent after = settled.unanswered(CHAT, question, new IOException("reset"));

    assertThat(before.cost().atRiskPicoUsd()).isEqualTo(7 * 150_000L + 4_096 * 600_000L);
    assertThat(after.cost().atRiskPicoUsd()).isEqualTo(7 * 150_000L + 9_000 * 600_000L);
  }

  @Test
  void ofAStreamThatWasLeftTheRestIsAtRisk() {
    CostEvent event =
        settled.leftStream(
            CHAT,
            "{'model':'gpt-4o-mini','stream':true,'max_tokens':100,'messages':[{'role':'user',"
                + "'content':'Which colour has the sky?'}]}",
            "data: {'choices':[{'delta':{'content':'Blue, mostly.'}}]}\n\n");

    assertThat(event.cost().basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(event.cost().picoUsd()).isEqualTo(12 * 150_000L + 4 * 600_000L);
    assertThat(event.cost().atRiskPicoUsd()).isEqualTo(96 * 600_000L);
  }

  @Test
  void anEmbeddingThatTimedOutIsAtRiskForItsInput() {
    CostEvent event =
        settled.unanswered(
            "/v1/embeddings",
            "{'model':'text-embedding-3-small','input':'Which colour has the sky?'}",
            new SocketTimeoutException());

    assertThat(event.cost().atRiskPicoUsd()).isEqualTo(6 * 20_000L);
  }

  @Test
  void ofPicturesAndSpeechTheRequestTells() {
    CostEvent pictures =
        settled.unanswered(
            "/v1/images/generations",
            "{'model':'dall-e-3','prompt':'A fox','n':2,'quality':'hd'}",
            new SocketTimeoutException());
    CostEvent speech =
        settled.unanswered(
            "/v1/audio/speech",
            "{'model':'tts-1','voice':'alloy','input':'Hello world'}",
            new SocketTimeoutException());

    assertThat(pictures.cost().atRiskPicoUsd()).isEqualTo(160_000_000_000L);
    assertThat(speech.cost().atRiskPicoUsd()).isEqualTo(11 * 15_000_000L);
    assertThat(speech.cost().picoUsd()).isNull();
  }

  @Test
  void whatCameToItsEndIsAtNoRisk() {
    assertThat(
            settled
                .call(CHAT, asked("gpt-4o"), answered("gpt-4o", 10, 0, 1))
                .cost()
                .atRiskPicoUsd())
        .isNull();
  }

  private static String asked(String model) {
    return "{'model':'" + model + "','messages':[{'role':'user','content':'Hi'}]}";
  }

  private static String answered(String model, long prompt, long cached, long completion) {
    return "{'model':'"
        + model
        + "','choices':[{}],'usage':{'prompt_tokens':"
        + prompt
        + ",'completion_tokens':"
        + completion
        + ",'prompt_tokens_details':{'cached_tokens':"
        + cached
        + "}}}";
  }
}
