package io.costattr.core.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.dialect.Routes;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** However an attempt ends, and however often: it is told once, as the first end says. */
class EndsTest {
  private static final byte[] ANSWER =
      "{\"id\":\"x\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}"
          .getBytes(UTF_8);

  private final List<Exchange> over = new ArrayList<>();

  enum End {
    COMPLETED("COMPLETED") {
      @Override
      void come(Exchange exchange, ObservedBody response) {
        exchange.completed();
      }
    },
    READ_WHOLE("COMPLETED") {
      @Override
      void come(Exchange exchange, ObservedBody response) {
        response.accept(ByteBuffer.wrap(ANSWER));
      }
    },
    READ_TO_THE_END("COMPLETED") {
      @Override
      void come(Exchange exchange, ObservedBody response) {
        response.ended();
      }
    },
    CLOSED("ABANDONED") {
      @Override
      void come(Exchange exchange, ObservedBody response) {
        response.closed();
      }
    },
    CANCELLED("ABANDONED cancelled") {
      @Override
      void come(Exchange exchange, ObservedBody response) {
        exchange.cancelled(new IOException("Socket closed"), 0);
      }
    },
    LATE("FAILED timeout") {
      @Override
      void come(Exchange exchange, ObservedBody response) {
        exchange.failed(new SocketTimeoutException("timeout"));
      }
    },
    BROKEN("FAILED java.io.IOException") {
      @Override
      void come(Exchange exchange, ObservedBody response) {
        response.failed(new IOException("unexpected end of stream"));
      }
    },
    EXIT("ABANDONED") {
      @Override
      void come(Exchange exchange, ObservedBody response) {
        Exchanges.abandonOpen();
      }
    };

    private final String told;

    End(String told) {
      this.told = told;
    }

    abstract void come(Exchange exchange, ObservedBody response);
  }

  @BeforeTry
  void start() {
    over.clear();
    Exchanges.start(
        new Routes(Map.of("known", "openai")), over::add, Defaults.of(Attribution.NONE));
  }

  @AfterTry
  void stop() {
    Exchanges.stop();
  }

  @Property(tries = 300)
  void theFirstEndIsToldOnceAndTheOthersAreNone(@ForAll @NotEmpty List<End> ends) {
    Exchange exchange = open();
    exchange.requestBody(null).ended();
    ObservedBody response = exchange.response(200, name -> null);

    ends.forEach(end -> end.come(exchange, response));

    assertThat(over).containsExactly(exchange);
    assertThat(told(exchange)).isEqualTo(ends.get(0).told);
  }

  @Property(tries = 300)
  void anErrorHasSaidAllWithItsStatusAndBreaksOffOnlyWhenItBreaks(
      @ForAll @NotEmpty List<End> ends) {
    Exchange exchange = open();
    ObservedBody response = exchange.response(503, name -> null);

    ends.forEach(end -> end.come(exchange, response));

    boolean broke = ends.get(0) == End.BROKEN || ends.get(0) == End.LATE;
    boolean cancelled = ends.get(0) == End.CANCELLED;
    assertThat(over).containsExactly(exchange);
    assertThat(told(exchange))
        .isEqualTo(broke || cancelled ? ends.get(0).told : Outcome.COMPLETED + " 503");
  }

  @Property(tries = 100)
  void whatIsWithdrawnIsNeverTold(@ForAll List<End> ends) {
    Exchange exchange = open();
    ObservedBody response = exchange.response(200, name -> null);

    exchange.withdrawn();
    ends.forEach(end -> end.come(exchange, response));

    assertThat(over).isEmpty();
  }

  @Property(tries = 100)
  void whatBeganBeforeObservingStoppedIsFinished(@ForAll @NotEmpty List<End> ends) {
    Exchange exchange = open();
    ObservedBody response = exchange.response(200, name -> null);

    Exchanges.stop();
    ends.forEach(end -> end.come(exchange, response));

    assertThat(over).containsExactly(exchange);
    assertThat(Exchanges.open("test", "POST", "known", 443, "/v1/responses", null)).isNull();
  }

  private static String told(Exchange exchange) {
    Attempt attempt = exchange.attempt(exchange.transcript());
    return attempt.outcome() + (attempt.errorCode() == null ? "" : " " + attempt.errorCode());
  }

  private static Exchange open() {
    return Objects.requireNonNull(
        Exchanges.open("test", "POST", "known", 443, "/v1/responses", null));
  }
}
