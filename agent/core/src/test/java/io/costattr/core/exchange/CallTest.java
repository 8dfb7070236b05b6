package io.costattr.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.AgentThread;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.dialect.Routes;
import io.costattr.core.ledger.Attempt;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A logical call, its attempts, and what travels with them. */
class CallTest {
  private static final HostSpan SPAN =
      new HostSpan("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", (byte) 1);

  private final Said said = new Said();

  /** What the application says on every thread. */
  private static final class Said implements ContextSource {
    volatile @Nullable Attribution attribution;
    volatile @Nullable HostSpan span;

    @Override
    public @Nullable Attribution attribution() {
      return attribution;
    }

    @Override
    public @Nullable HostSpan span() {
      return span;
    }
  }

  @BeforeEach
  void start() {
    ContextSources.add(said);
    observe(Attribution.NONE);
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
    ContextSources.remove(said);
  }

  @Test
  void retriesShareTheRequestIdAndCountTheirAttempts() {
    Object carrier = new Object();

    List<Attempt> attempts =
        List.of(attempt(failed(carrier)), attempt(failed(carrier)), attempt(failed(carrier)));

    assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(attempts).extracting(Attempt::requestId).containsOnly(attempts.get(0).requestId());
    assertThat(attempts).extracting(Attempt::eventId).doesNotHaveDuplicates();
  }

  @Test
  void callsOfTheirOwnHaveIdsOfTheirOwn() {
    Attempt one = attempt(failed(null));
    Attempt other = attempt(failed(new Object()));

    assertThat(one.number()).isEqualTo(1);
    assertThat(other.number()).isEqualTo(1);
    assertThat(one.requestId()).isNotEqualTo(other.requestId());
  }

  @Test
  void attemptsOfManyThreadsHaveEachTheirOwnNumber() {
    Object carrier = new Object();
    Call.capture("test").carryWith(carrier);
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    Set<String> requests = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 1_000)
        .parallel()
        .forEach(
            i -> {
              Attempt attempt = attempt(failed(carrier));
              numbers.add(attempt.number());
              requests.add(attempt.requestId());
            });

    assertThat(numbers).hasSize(1_000).contains(1, 1_000);
    assertThat(requests).hasSize(1);
  }

  @Test
  void theApplicationsOwnIdIsTheRequestsId() {
    said.attribution = feature("search", "order-17");

    assertThat(attempt(failed(null)).requestId()).isEqualTo("order-17");
  }

  @Test
  void whatWasSaidAtTheCallHoldsForItsRetriesWhateverTheThreadSaysThen() {
    Object carrier = new Object();
    said.attribution = feature("search", null);
    said.span = SPAN;
    Exchange first = failed(carrier);

    said.attribution = feature("checkout", null);
    said.span = null;
    Exchange second = failed(carrier);

    assertThat(first.attribution().feature()).isEqualTo("search");
    assertThat(second.attribution().feature()).isEqualTo("search");
    assertThat(attempt(second).host()).isEqualTo(SPAN);
  }

  @Test
  void theCallThatTravelsGoesBeforeTheOneOnTheThread() {
    Object carrier = new Object();
    Call carried = Call.capture("library 1.0");
    carried.carryWith(carrier);
    Call onThread = Call.capture("framework 2.0");

    Call previous = onThread.enter();
    Attempt travelled = attempt(failed(carrier));
    Attempt here = attempt(failed(new Object()));
    Call.leave(previous);
    Attempt after = attempt(failed(new Object()));

    assertThat(travelled.client()).isEqualTo("library 1.0");
    assertThat(here.client()).isEqualTo("framework 2.0");
    assertThat(after.client()).isEqualTo("transport");
  }

  @Test
  void callsWithinCallsAreLeftInTurn() {
    Call outer = Call.capture("outer");
    Call inner = Call.capture("inner");

    Call beforeOuter = outer.enter();
    Call beforeInner = inner.enter();
    assertThat(Call.current()).isSameAs(inner);
    Call.leave(beforeInner);
    assertThat(Call.current()).isSameAs(outer);
    Call.leave(beforeOuter);

    assertThat(Call.current()).isNull();
  }

  @Test
  void whatTheAgentItselfSendsIsNoCall() throws Exception {
    List<Boolean> opened = new CopyOnWriteArrayList<>();
    AgentThread thread =
        new AgentThread("costattr-test", () -> opened.add(open(new Object()) != null));
    thread.start();
    thread.join();

    assertThat(opened).containsExactly(false);
    assertThat(open(new Object())).isNotNull();
  }

  @Test
  void aRedirectThatIsFollowedLateTakesNoNumberBackThatAnotherHas() {
    Object carrier = new Object();
    Exchange redirected = Objects.requireNonNull(open(carrier));
    Exchange meanwhile = failed(carrier);

    redirected.response(307, name -> null).closed();
    Exchange next = failed(carrier);

    assertThat(attempt(meanwhile).number()).isEqualTo(2);
    assertThat(attempt(next).number()).isEqualTo(3);
  }

  @Test
  void aPlaceIsLookedForOnlyWhereNobodySaysWhoPays() {
    Attribution complete = new Attribution("search", "/s", "acme", "core", null, null, Map.of());
    Attribution half = new Attribution("search", "/s", null, null, null, null, Map.of());

    assertThat(attempt(failed(null)).callSite()).isNotNull();
    said.attribution = complete;
    assertThat(attempt(failed(null)).callSite()).isNull();
    said.attribution = half;
    assertThat(attempt(failed(null)).callSite()).isNotNull();
    observe(new Attribution(null, null, "anybody", "core", null, null, Map.of()));
    assertThat(attempt(failed(null)).callSite()).isNull();
  }

  private static void observe(Attribution defaults) {
    Exchanges.start(new Routes(Map.of("known", "openai")), exchange -> {}, Defaults.of(defaults));
  }

  private static Attribution feature(String feature, @Nullable String requestId) {
    return new Attribution(feature, null, null, null, null, requestId, Map.of());
  }

  private static Exchange failed(@Nullable Object carrier) {
    Exchange exchange = Objects.requireNonNull(open(carrier));
    exchange.failed(new IOException("reset"));
    return exchange;
  }

  private static @Nullable Exchange open(@Nullable Object carrier) {
    return Exchanges.open("transport", "POST", "known", 443, "/v1/embeddings", carrier);
  }

  private static Attempt attempt(Exchange exchange) {
    return exchange.attempt(exchange.transcript());
  }
}
