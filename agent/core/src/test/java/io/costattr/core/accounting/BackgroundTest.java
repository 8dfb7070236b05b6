package io.costattr.core.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.dialect.Routes;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that a provider has accepted by one call, and tells the end of by another. */
class BackgroundTest {
  private static final String ASKED =
      "{'model':'gpt-4o-mini','background':true,'service_tier':'flex','prompt_cache_key':'k',"
          + "'input':'Which colour has the sky?'}";

  private final String id = "resp_" + UUID.randomUUID();
  private final Settled settled = new Settled(null);
  private final List<Exchange> ledger = new ArrayList<>();

  @BeforeEach
  void start() {
    Exchanges.start(
        new Routes(Map.of()),
        over -> {
          if (over.isModelCall()) {
            ledger.add(over);
          }
        },
        Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @Test
  void theCallThatAsksForItIsPending() {
    CostEvent event = settled.settle(queued());

    assertThat(event.cost().basis()).isEqualTo(Basis.PENDING);
    assertThat(event.cost().picoUsd()).isNull();
    assertThat(event.cost().atRiskPicoUsd()).isNull();
    assertThat(event.attempt().responseId()).isEqualTo(id);
  }

  @Test
  void theFirstAnswerThatTellsTheEndIsCountedForWhoeverAsked() {
    Exchange origin = queued();
    poll("in_progress", "null");
    poll("completed", usage());
    poll("completed", usage());

    assertThat(ledger).hasSize(2);
    CostEvent asked = settled.settle(origin);
    CostEvent told = settled.settle(ledger.get(1));
    assertThat(told.cost().basis()).isEqualTo(Basis.REPORTED);
    assertThat(told.cost().usd()).isEqualByComparingTo("0.00075");
    assertThat(told.attempt().requestId()).isEqualTo(asked.attempt().requestId());
    assertThat(told.attempt().number()).isEqualTo(asked.attempt().number());
    assertThat(told.attempt().startedAt()).isEqualTo(asked.attempt().startedAt());
    assertThat(told.attempt().eventId()).isNotEqualTo(asked.attempt().eventId());
    assertThat(told.attempt().requestModel()).isEqualTo("gpt-4o-mini");
    assertThat(told.attempt().promptCacheKey()).isEqualTo("k");
    assertThat(told.attempt().requestedTier()).isEqualTo("flex");
  }

  @Test
  void ofTwoAnswersAtOnceOneIsCounted() {
    queued();
    Exchange one = open("GET", "/v1/responses/" + id);
    Exchange other = open("GET", "/v1/responses/" + id);
    Settled.answer(one, "application/json", response("completed", usage())).ended();
    Settled.answer(other, "application/json", response("completed", usage())).ended();

    assertThat(ledger).hasSize(2);
  }

  @Test
  void aStreamThatIsTakenUpAgainTellsTheEndToo() {
    queued();
    Exchange resumed = open("GET", "/v1/responses/" + id);
    Settled.answer(
        resumed,
        "text/event-stream",
        "data: {'type':'response.output_text.delta','delta':'Blue'}\n\n"
            + "data: {'type':'response.completed','response':"
            + response("completed", usage())
            + "}\n\n");
    poll("completed", usage());

    assertThat(ledger).hasSize(2);
    assertThat(settled.settle(ledger.get(1)).cost().usd()).isEqualByComparingTo("0.00075");
  }

  @Test
  void aStreamThatIsLeftAgainTellsNothing() {
    queued();
    Exchange resumed = open("GET", "/v1/responses/" + id);
    ObservedBody body =
        Settled.answer(
            resumed,
            "text/event-stream",
            "data: {'type':'response.in_progress','response':"
                + response("in_progress", "null")
                + "}\n\n");
    body.closed();
    poll("completed", usage());

    assertThat(ledger).hasSize(2);
  }

  @Test
  void aStreamInTheBackgroundThatIsLeftIsTakenUpByAPoll() {
    Exchange origin = Settled.asked("/v1/responses", ASKED);
    Settled.answer(
            origin,
            "text/event-stream",
            "data: {'type':'response.created','response':" + response("queued", "null") + "}\n\n")
        .closed();
    poll("completed", usage());

    assertThat(ledger).hasSize(2);
    assertThat(settled.settle(origin).cost().basis()).isEqualTo(Basis.PENDING);
  }

  @Test
  void workThatIsCancelledWithoutAUsageIsNotKnown() {
    queued();
    Exchange cancel = open("POST", "/v1/responses/" + id + "/cancel");
    Settled.answer(cancel, "application/json", response("cancelled", "null"));

    assertThat(settled.settle(ledger.get(1)).cost().basis()).isEqualTo(Basis.UNKNOWN);
  }

  @Test
  void workThatFailedWithoutAnAnswerIsNotBilled() {
    queued();
    poll("failed", "null,'error':{'code':'server_error'}");

    CostEvent event = settled.settle(ledger.get(1));
    assertThat(event.cost().basis()).isEqualTo(Basis.NONE);
    assertThat(event.attempt().errorCode()).isEqualTo("server_error");
  }

  @Test
  void workThatWasCutShortIsBilledAsFarAsItCame() {
    queued();
    poll("incomplete", usage());

    assertThat(settled.settle(ledger.get(1)).cost().usd()).isEqualByComparingTo("0.00075");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/responses/resp_of_somebody_else",
    "GET, /v1/responses",
    "GET, /v1/chat/completions/chatcmpl-1",
    "GET, /v1/videos/video_1/content"
  })
  void whatNobodyHereAskedForIsNotCounted(String method, String path) {
    queued();

    assertThat(Exchanges.open("test", method, Settled.HOST, 443, path, null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500})
  void aPollThatFailsTellsNothing(int status) {
    queued();
    Exchange poll = open("GET", "/v1/responses/" + id);
    poll.response(status, name -> null).ended();
    poll("completed", usage());

    assertThat(ledger).hasSize(2);
  }

  @Test
  void ofManyTheOldestAreForgotten() {
    queued();
    for (int i = 0; i < 4_096; i++) {
      answered(Settled.asked("/v1/responses", ASKED), "resp_" + UUID.randomUUID());
    }

    assertThat(Exchanges.open("test", "GET", Settled.HOST, 443, "/v1/responses/" + id, null))
        .isNull();
  }

  @Test
  void aFilmIsBilledWhenItIsDone() {
    String film = "video_" + UUID.randomUUID();
    Exchange asked =
        Settled.asked(
            "/v1/videos", "{'model':'sora-2','prompt':'A fox','seconds':'8','size':'1280x720'}");
    Settled.answer(asked, "application/json", video(film, "queued"));
    for (String status : List.of("in_progress", "completed", "completed")) {
      Exchange poll = open("GET", "/v1/videos/" + film);
      if (poll != null) {
        Settled.answer(poll, "application/json", video(film, status)).ended();
      }
    }

    assertThat(ledger).hasSize(2);
    assertThat(settled.settle(asked).cost().basis()).isEqualTo(Basis.PENDING);
    assertThat(settled.settle(ledger.get(1)).cost().usd()).isEqualByComparingTo("0.8");
  }

  private Exchange queued() {
    return answered(Settled.asked("/v1/responses", ASKED), id);
  }

  private static Exchange answered(Exchange exchange, String id) {
    Settled.answer(
        exchange, "application/json", "{'id':'" + id + "','status':'queued','usage':null}");
    return exchange;
  }

  private void poll(String status, String usage) {
    Exchange poll = open("GET", "/v1/responses/" + id);
    if (poll != null) {
      Settled.answer(poll, "application/json", response(status, usage)).ended();
    }
  }

  private String response(String status, String usage) {
    return "{'id':'"
        + id
        + "','object':'response','model':'gpt-4o-mini-2024-07-18','status':'"
        + status
        + "','service_tier':'default','usage':"
        + usage
        + "}";
  }

  private static String video(String id, String status) {
    return "{'id':'"
        + id
        + "','object':'video','model':'sora-2','status':'"
        + status
        + "','seconds':'8','size':'1280x720'}";
  }

  private static String usage() {
    return "{'input_tokens':1000,'output_tokens':1000,'total_tokens':2000}";
  }

  private static @org.jspecify.annotations.Nullable Exchange open(String method, String path) {
    return Exchanges.open("test", method, Settled.HOST, 443, path, null);
  }
}
