package io.costattr.core.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Routes;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {
  private static final String ANSWER =
      "{\"id\":\"x\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,"
          + "\"completion_tokens\":2,\"total_tokens\":3}}";
  private static final String EVENTS = "data: " + ANSWER + "\n\ndata: [DONE]\n\n";

  private final List<Exchange> over = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    Exchanges.start(
        new Routes(Map.of("known", "openai")), over::add, Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @Test
  void aWholeDocumentIsTheEndThoughNobodyReadsOn() {
    Exchange exchange = open();
    ObservedBody body = respond(exchange, 200, "application/json");

    show(body, ANSWER.substring(0, 50));
    assertThat(over).isEmpty();
    show(body, ANSWER.substring(50));

    assertThat(over).containsExactly(exchange);
    assertThat(attempt(exchange).outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(exchange.wasReadable()).isTrue();
  }

  @Test
  void whatWasReadIsNotKeptByWhatLivesOn() {
    Exchange exchange = open();
    Object carrier = new Object();
    exchange.carryWith(carrier);
    ObservedBody request = exchange.requestBody(null);
    show(request, "{\"model\":\"m\",\"messages\":[]}");
    request.ended();
    ObservedBody response = respond(exchange, 200, "application/json");
    show(response, ANSWER);
    List<WeakReference<Reading>> read =
        List.of(new WeakReference<>(exchange.request()), new WeakReference<>(exchange.response()));

    exchange.release();
    for (int i = 0; i < 100 && read.stream().anyMatch(one -> one.get() != null); i++) {
      System.gc();
    }

    assertThat(read).allSatisfy(one -> assertThat(one.get()).isNull());
    assertThat(Exchange.carriedBy(carrier)).isSameAs(exchange);
    show(request, "late");
    show(response, "late");
    response.ended();
    assertThat(over).containsExactly(exchange);
  }

  @ParameterizedTest
  @CsvSource({
    "x-request-id, req_1",
    "request-id, req_2",
    "x-amzn-requestid, req_3",
    "apim-request-id, req_4"
  })
  void theProvidersIdOfTheRequestIsKept(String header, String id) {
    Exchange exchange = open();

    exchange.response(200, name -> name.equals(header) ? id : null).ended();

    assertThat(attempt(exchange).providerRequestId()).isEqualTo(id);
  }

  @Test
  void everyEndButTheFirstIsNone() {
    Exchange exchange = open();
    ObservedBody body = respond(exchange, 200, "application/json");

    show(body, ANSWER);
    body.ended();
    body.closed();
    body.failed(new IOException("late"));
    exchange.failed(new IOException("later"));
    Exchanges.abandonOpen();

    assertThat(over).containsExactly(exchange);
    assertThat(attempt(exchange).errorCode()).isNull();
  }

  @Test
  void doneIsTheEndOfAStreamAndNothingBehindItCounts() {
    Exchange exchange = open();
    ObservedBody body = respond(exchange, 200, "text/event-stream; charset=utf-8");

    show(body, EVENTS + EVENTS.replace("\"prompt_tokens\":1", "\"prompt_tokens\":900"));

    assertThat(over).containsExactly(exchange);
    assertThat(Objects.requireNonNull(exchange.transcript().usage()).reported().promptTokens())
        .isEqualTo(1);
    assertThat(attempt(exchange).timeToFirstChunkNanos()).isNotNull();
  }

  @Test
  void aFirstEventCountsThoughNothingFollows() {
    Exchange exchange = open();
    ObservedBody body = respond(exchange, 200, "text/event-stream");

    show(body, "data: {\"id\":\"chatcmpl-1\",\"model\":\"m\",\"choices\":[]}\n\n");
    assertThat(over).isEmpty();
    body.closed();

    assertThat(over).containsExactly(exchange);
    assertThat(attempt(exchange).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(exchange.transcript().responseId()).isEqualTo("chatcmpl-1");
  }

  @Test
  void aStreamWhoseFirstEventIsItsLastIsWholeWhenItIsClosed() {
    Exchange exchange = open();
    ObservedBody body = respond(exchange, 200, "text/event-stream");

    show(body, "data: [DONE]\n\n");
    body.closed();

    assertThat(over).containsExactly(exchange);
    assertThat(attempt(exchange).outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aBodyClosedEarlyIsAbandoned() {
    Exchange exchange = open();
    ObservedBody body = respond(exchange, 200, "application/json");
    show(body, ANSWER.substring(0, 50));

    body.closed();

    assertThat(attempt(exchange).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(exchange.wasReadable()).isFalse();
  }

  @Test
  void aDocumentThatNobodyReadIsNotReadable() {
    Exchange exchange = open();

    respond(exchange, 200, "application/json").closed();

    assertThat(exchange.wasReadable()).isFalse();
  }

  @Test
  void anErrorAnswerNeedsNoBodyToBeComplete() {
    Exchange exchange = open();

    respond(exchange, 429, "application/json").closed();

    assertThat(attempt(exchange).outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(attempt(exchange).errorCode()).isEqualTo("429");
  }

  @Test
  void failuresHaveFewNames() {
    assertThat(failed(new SocketTimeoutException("Read timed out"))).isEqualTo("timeout");
    assertThat(failed(new java.net.http.HttpTimeoutException("late"))).isEqualTo("timeout");
    assertThat(failed(new IOException("Canceled"))).isEqualTo("cancelled");
    assertThat(failed(new java.util.concurrent.CancellationException())).isEqualTo("cancelled");
    assertThat(
            failed(
                new java.util.concurrent.CompletionException(
                    new java.net.ConnectException("refused"))))
        .isEqualTo("java.net.ConnectException");
  }

  @Test
  void aCancelledCallIsLateWhenItsTimeIsOver() {
    Exchange early = open();
    early.cancelled(new IOException("Socket closed"), TimeUnit.HOURS.toNanos(1));
    Exchange late = open();
    late.cancelled(new IOException("Socket closed"), 1);
    Exchange unlimited = open();
    unlimited.cancelled(new IOException("Socket closed"), 0);

    assertThat(attempt(early).errorCode()).isEqualTo("cancelled");
    assertThat(attempt(early).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(attempt(late).errorCode()).isEqualTo("timeout");
    assertThat(attempt(late).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(attempt(unlimited).errorCode()).isEqualTo("cancelled");
  }

  @Test
  void aRequestIsSentOnceItsDocumentIsWhole() {
    Exchange exchange = open();
    ObservedBody body = exchange.requestBody(null);

    show(body, "{\"model\":\"m\"");
    assertThat(exchange.mayHaveBeenBilled()).isFalse();
    show(body, "}");

    assertThat(exchange.mayHaveBeenBilled()).isTrue();
  }

  @Test
  void aRequestThatIsSentAgainIsReadAnew() {
    Exchange exchange = open();
    show(exchange.requestBody(null), "{\"model\":\"first\",\"messages\":[{\"content\":\"tw");
    show(exchange.requestBody(null), "{\"model\":\"second\",\"messages\":[{\"content\":\"one\"}]}");

    assertThat(exchange.transcript().requestModel()).isEqualTo("second");
    assertThat(exchange.request().text().sampled()).isEqualTo("one");
  }

  @Test
  void aRedirectGivesItsNumberBack() {
    Object carrier = new Object();
    Exchange redirected = open(carrier);
    respond(redirected, 307, "text/plain").closed();
    Exchange followed = open(carrier);
    Exchange retried = open(carrier);

    assertThat(redirected.isModelCall()).isFalse();
    assertThat(attempt(followed).number()).isEqualTo(1);
    assertThat(attempt(retried).number()).isEqualTo(2);
    assertThat(attempt(retried).requestId()).isEqualTo(attempt(followed).requestId());
  }

  @Test
  void whatTheClientAnswersItselfIsNoAttempt() {
    Object carrier = new Object();
    open(carrier).withdrawn();

    assertThat(over).isEmpty();
    assertThat(attempt(open(carrier)).number()).isEqualTo(1);
  }

  @Test
  void whatIsOpenWhenTheJvmExitsIsTold() {
    Exchange exchange = open();

    Exchanges.abandonOpen();

    assertThat(over).contains(exchange);
  }

  @Test
  void aBodyThatComesTooLateIsNotRead() {
    Exchange exchange = open();
    exchange.failed(new IOException("Canceled"));

    show(respond(exchange, 200, "application/json"), ANSWER);

    assertThat(over).containsExactly(exchange);
    assertThat(exchange.transcript().usage()).isNull();
  }

  @Test
  void oneEndOfManyThreadsIsTheEndAndNothingIsReadAfterIt() throws Exception {
    List<Transcript> handedOver = new CopyOnWriteArrayList<>();
    Exchanges.start(
        new Routes(Map.of("known", "openai")),
        exchange -> {
          over.add(exchange);
          handedOver.add(exchange.transcript());
        },
        Defaults.of(Attribution.NONE));
    for (int round = 0; round < 500; round++) {
      over.clear();
      handedOver.clear();
      Exchange exchange = open();
      ObservedBody body = respond(exchange, 200, "application/json");
      CyclicBarrier together = new CyclicBarrier(4);
      List<Thread> threads =
          List.of(
              thread(together, () -> show(body, ANSWER)),
              thread(together, body::closed),
              thread(together, () -> exchange.failed(new IOException("Canceled"))),
              thread(together, body::ended));
      for (Thread thread : threads) {
        thread.join(30_000);
      }

      assertThat(over).containsExactly(exchange);
      assertThat(handedOver).containsExactly(exchange.transcript());
    }
  }

  @Test
  void onlyTheExchangesOwnSubjectIsCurrent() {
    Object subject = new Object();
    Exchange exchange = open();

    exchange.enter(subject);
    assertThat(Exchange.current(subject)).isSameAs(exchange);
    assertThat(Exchange.current(new Object())).isNull();
    Exchange suspended = Exchange.suspend();
    assertThat(Exchange.current(subject)).isNull();
    Exchange.resume(suspended);
    assertThat(Exchange.current(subject)).isSameAs(exchange);
    exchange.leave();

    assertThat(Exchange.current(subject)).isNull();
  }

  @Test
  void anUnknownHostIsJudgedByItsRequestWhereTheAnswerWasNotRead() {
    Exchange left = unknown();
    show(left.requestBody(null), "{\"model\":\"m\",\"messages\":[]}");
    respond(left, 200, "text/event-stream").closed();
    Exchange other = unknown();
    show(other.requestBody(null), "{\"model\":\"m\",\"messages\":[]}");
    show(respond(other, 200, "application/json"), "{\"ok\":true}");

    assertThat(left.isModelCall()).isTrue();
    assertThat(other.isModelCall()).isFalse();
  }

  private String failed(Throwable thrown) {
    Exchange exchange = open();
    exchange.failed(thrown);
    return Objects.requireNonNull(attempt(exchange).errorCode());
  }

  private static Thread thread(CyclicBarrier together, Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                together.await(30, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              task.run();
            });
    thread.start();
    return thread;
  }

  private static Exchange open() {
    return open(new Object());
  }

  private static Exchange open(Object carrier) {
    return Objects.requireNonNull(
        Exchanges.open("test", "POST", "known", 443, "/v1/chat/completions", carrier));
  }

  private static Exchange unknown() {
    return Objects.requireNonNull(
        Exchanges.open("test", "POST", "unknown", 443, "/v1/chat/completions", new Object()));
  }

  private static ObservedBody respond(Exchange exchange, int status, String contentType) {
    return exchange.response(status, name -> name.equals("content-type") ? contentType : null);
  }

  private static Attempt attempt(Exchange exchange) {
    return exchange.attempt(exchange.transcript());
  }

  private static void show(ObservedBody body, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    body.accept(bytes, 0, bytes.length);
  }
}
