package io.costattr.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import io.costattr.core.dialect.Endpoint;
import io.costattr.core.dialect.Routes;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.usage.Meter;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A web socket, what passes on it, and the exchanges that come of it. Quotes are single. */
class SocketSessionTest {
  private static final String ASK = "{'type':'response.create'}";

  private final List<Exchange> over = new CopyOnWriteArrayList<>();
  private final Said said = new Said();

  private static final class Said implements ContextSource {
    final ThreadLocal<@Nullable Attribution> attribution = new ThreadLocal<>();

    @Override
    public @Nullable Attribution attribution() {
      return attribution.get();
    }

    @Override
    public @Nullable HostSpan span() {
      return null;
    }
  }

  @BeforeEach
  void start() {
    ContextSources.add(said);
    Exchanges.start(new Routes(Map.of()), over::add, Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
    ContextSources.remove(said);
  }

  @Test
  void aResponseBelongsToWhoeverAskedForIt() {
    says("opener");
    SocketSession session = open();
    says("asker");
    send(session, ASK);
    says("somebody else");
    answer(session, "resp_1");

    assertThat(over).hasSize(1);
    assertThat(over.get(0).attribution().feature()).isEqualTo("asker");
    assertThat(attempt(0).outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(transcript(0).responseId()).isEqualTo("resp_1");
  }

  @Test
  void aResponseThatNobodyAskedForBelongsToWhoeverOpenedTheSocket() {
    says("opener");
    SocketSession session = open();
    says("somebody else");
    answer(session, "resp_1");
    answer(session, "resp_2");

    assertThat(over).extracting(e -> e.attribution().feature()).containsExactly("opener", "opener");
    assertThat(attempt(0).requestId()).isNotEqualTo(attempt(1).requestId());
    assertThat(List.of(attempt(0).number(), attempt(1).number())).containsExactly(1, 1);
  }

  @Test
  void aThreadThatSaysNothingAsksForWhoeverOpenedTheSocket() {
    says("opener");
    SocketSession session = open();
    says(null);
    send(session, ASK);
    answer(session, "resp_1");

    assertThat(over.get(0).attribution().feature()).isEqualTo("opener");
  }

  @Test
  void aThreadOfWhichOnlyTheRouteIsKnownAsksForWhoeverOpenedTheSocket() {
    says("opener");
    SocketSession session = open();
    says(null);
    Served request =
        new Served(Source.ROUTE) {
          @Override
          protected String route() {
            return "/chat/{id}";
          }
        }.enter();
    try {
      send(session, ASK);
    } finally {
      Served.leave(request);
    }

    answer(session, "resp_1");

    assertThat(over.get(0).attribution().feature()).isEqualTo("opener");
  }

  @Test
  void whatIsNotSentAsksForNothing() {
    says("opener");
    SocketSession session = open();
    says("asker");
    Object token = session.sending(ASK.replace('\'', '"'), true);
    session.unsent(token);
    answer(session, "resp_1");

    assertThat(over).hasSize(1);
    assertThat(over.get(0).attribution().feature()).isEqualTo("opener");
  }

  @Test
  void askingsAreAnsweredInTheirOrder() {
    SocketSession session = open();
    says("first");
    send(session, ASK);
    says("second");
    send(session, ASK);
    receive(session, created("resp_1"));
    receive(session, created("resp_2"));
    receive(session, done("resp_2"));
    receive(session, done("resp_1"));

    assertThat(over).extracting(e -> e.attribution().feature()).containsExactly("second", "first");
  }

  @Test
  void anErrorThatNamesAnAskingTakesItAway() {
    SocketSession session = open();
    says("first");
    send(session, "{'type':'response.create','event_id':'a'}");
    says("second");
    send(session, "{'type':'response.create','event_id':'b'}");
    receive(session, "{'type':'error','error':{'code':'invalid_value','event_id':'b'}}");
    answer(session, "resp_1");

    assertThat(over).extracting(e -> e.attribution().feature()).containsExactly("second", "first");
    assertThat(attempt(0).errorCode()).isEqualTo("invalid_value");
    assertThat(transcript(0).besides().free()).isTrue();
  }

  @Test
  void aMessageIsTheSameWhereverItIsCut() {
    String whole = done("resp_1").replace('\'', '"');
    for (int from = 0; from <= whole.length(); from++) {
      SocketSession session = open();
      int to = Math.min(whole.length(), from + 1 + from % 50);
      session.received(CharBuffer.wrap(whole, 0, from), false);
      session.received(whole.substring(from, to), false);
      session.received(CharBuffer.wrap(whole).position(to), true);

      assertThat(over).as("cut at %d and %d", from, to).hasSize(1);
      assertThat(Objects.requireNonNull(transcript(0).usage()).quantity(Meter.AUDIO_OUTPUT))
          .isEqualTo(30);
      over.clear();
    }
  }

  @Test
  void whatTheProviderSetsIsTheModel() {
    SocketSession session = open();
    send(session, "{'type':'session.update','session':{'max_output_tokens':77}}");
    send(session, ASK);
    receive(session, "{'type':'session.created','session':{'model':'gpt-realtime-2025-08-28'}}");
    answer(session, "resp_1");

    assertThat(transcript(0).requestModel()).isEqualTo("gpt-realtime");
    assertThat(transcript(0).responseModel()).isEqualTo("gpt-realtime-2025-08-28");
    assertThat(over.get(0).route().endpoint()).isEqualTo(Endpoint.REALTIME);
  }

  @Test
  void whatIsUnderWayAtTheEndIsCut() {
    SocketSession session = open();
    send(session, ASK);
    receive(session, created("resp_1"));
    send(session, ASK);
    session.closed(1011);
    session.failed(new IOException("again"), 0);
    answer(session, "resp_2");

    assertThat(over).hasSize(2);
    assertThat(attempt(0).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(attempt(0).errorCode()).isEqualTo("websocket_1011");
    assertThat(attempt(0).httpStatus()).isEqualTo(101);
    assertThat(attempt(1).httpStatus()).isNull();
    assertThat(over.get(1).mayHaveBeenBilled()).isTrue();
  }

  @Test
  void theApplicationMayLeave() {
    SocketSession session = open();
    send(session, ASK);
    receive(session, created("resp_1"));
    session.closing();
    session.closed(1000);

    assertThat(attempt(0).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(attempt(0).errorCode()).isNull();
  }

  @Test
  void whatIsUnderWayWhenTheJvmExitsIsAbandoned() {
    SocketSession session = open();
    send(session, ASK);
    Exchanges.abandonOpen();
    Exchanges.abandonOpen();

    assertThat(over).hasSize(1);
    assertThat(attempt(0).outcome()).isEqualTo(Outcome.ABANDONED);
  }

  @Test
  void aSocketThatIsRefusedIsAFailedCall() {
    says("opener");
    open().failed(new IOException("401"), 401);

    assertThat(over).hasSize(1);
    assertThat(attempt(0).httpStatus()).isEqualTo(401);
    assertThat(attempt(0).errorCode()).isEqualTo("401");
    assertThat(over.get(0).mayHaveBeenBilled()).isFalse();
    assertThat(over.get(0).attribution().feature()).isEqualTo("opener");
  }

  @Test
  void aSocketThatEndsInPeaceIsNoCall() {
    SocketSession session = open();
    session.opened();
    receive(session, "{'type':'session.created'}");
    session.closed(1000);

    assertThat(over).isEmpty();
  }

  @Test
  void askingsWithoutEndAreForgotten() {
    SocketSession session = open();
    for (int i = 0; i < 1_000; i++) {
      send(session, ASK);
    }

    assertThat(over).hasSize(1_000 - 64);
    session.abandoned();
    assertThat(over).hasSize(1_000);
  }

  @Test
  void manyThreadsMaySendWhileAnswersCome() throws Exception {
    SocketSession session = open();
    CountDownLatch sent = new CountDownLatch(4);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          for (int n = 0; n < 500; n++) {
                            send(session, "{'type':'conversation.item.create','item':{}}");
                          }
                          sent.countDown();
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (int n = 0; n < 500; n++) {
      send(session, ASK);
      answer(session, "resp_" + n);
    }
    sent.await();

    assertThat(over).hasSize(500).allMatch(e -> e.transcript().usage() != null);
  }

  @Test
  void otherHostsAndPathsHaveNoSession() {
    assertThat(Exchanges.openSocket("test", "api.openai.com", 443, "/v1/live", null, name -> null))
        .isNull();
    assertThat(
            Exchanges.openSocket("test", "chat.example.com", 443, "/ws", "model=x", name -> null))
        .isNull();
    assertThat(Exchanges.open("test", "GET", "api.openai.com", 443, "/v1/realtime", null)).isNull();
    assertThat(Exchanges.open("test", "GET", "api.openai.com", 443, "/v1/responses", null))
        .isNull();
  }

  private void says(@Nullable String feature) {
    said.attribution.set(
        feature == null ? null : new Attribution(feature, null, null, null, null, null, Map.of()));
  }

  private static SocketSession open() {
    SocketSession session =
        Exchanges.openSocket(
            "test", "api.openai.com", 443, "/v1/realtime", "model=gpt-realtime", name -> null);
    return Objects.requireNonNull(session);
  }

  private static void send(SocketSession session, String text) {
    session.sending(text.replace('\'', '"'), true);
  }

  private static void receive(SocketSession session, String text) {
    session.received(text.replace('\'', '"'), true);
  }

  private static void answer(SocketSession session, String id) {
    receive(session, created(id));
    receive(session, done(id));
  }

  private static String created(String id) {
    return "{'type':'response.created','response':{'id':'" + id + "','status':'in_progress'}}";
  }

  private static String done(String id) {
    return "{'type':'response.done','event_id':'e','response':{'object':'realtime.response','id':'"
        + id
        + "','status':'completed','output':[{'content':[{'transcript':'B\u00f6 \ud83d\ude00'}]}],"
        + "'usage':{'total_tokens':40,'input_tokens':10,'output_tokens':30,'input_token_details':"
        + "{'text_tokens':10,'audio_tokens':0,'cached_tokens':0},'output_token_details':"
        + "{'text_tokens':0,'audio_tokens':30}}}}";
  }

  private Transcript transcript(int index) {
    return over.get(index).transcript();
  }

  private Attempt attempt(int index) {
    return over.get(index).attempt(transcript(index));
  }
}
