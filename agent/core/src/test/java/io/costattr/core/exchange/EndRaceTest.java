package io.costattr.core.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.dialect.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of an exchange comes from any thread: it is told once, neither lost nor too early. */
class EndRaceTest {
  private static final int ROUNDS = 4_000;
  private static final byte[] QUESTION =
      ("{\"messages\":[{\"content\":\"" + "why ".repeat(2_000) + "\"}]}").getBytes(UTF_8);
  private static final byte[] ANSWER =
      ("{\"choices\":[{\"message\":{\"content\":\"" + "so ".repeat(2_000) + "\"}}]}")
          .getBytes(UTF_8);

  private static final byte[] GZIPPED = gzipped();

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
  void anAnswerMayBeginAsTheExchangeEnds() throws Exception {
    Race.run(ROUNDS, BeginsAsItEnds::new);
  }

  private final class BeginsAsItEnds extends Told {
    @Override
    public void one() {
      exchange.failed(new IOException("Canceled"));
    }

    @Override
    public void other() {
      exchange.response(200, name -> null);
    }
  }

  @Test
  void aRequestMayBeWrittenAsTheExchangeEnds() throws Exception {
    Race.run(ROUNDS, WrittenAsItEnds::new);
  }

  private final class WrittenAsItEnds extends Told {
    private final ObservedBody request = exchange.requestBody("gzip");

    WrittenAsItEnds() {
      request.accept(GZIPPED, 0, GZIPPED.length - 10);
    }

    @Override
    public void one() {
      exchange.failed(new IOException("Canceled"));
    }

    @Override
    public void other() {
      request.ended();
    }
  }

  @Test
  void theEndOfARequestIsNotTheEndOfItsExchange() throws Exception {
    Race.run(
        ROUNDS / 2,
        () ->
            new Told() {
              private final ObservedBody request = exchange.requestBody(null);

              @Override
              public void one() {
                request.ended();
              }

              @Override
              public void other() {
                request.accept(QUESTION, 0, QUESTION.length);
              }

              @Override
              public void check() {
                assertThat(over).isEmpty();
                exchange.completed();
                super.check();
              }
            });
  }

  @Test
  void twoEndsAreOneThoughTheAnswerIsBeingRead() throws Exception {
    Race.run(
        ROUNDS / 2,
        () ->
            new Told() {
              private final ObservedBody response = exchange.response(200, name -> null);

              @Override
              public void one() {
                response.closed();
                exchange.failed(new IOException("Canceled"));
              }

              @Override
              public void other() {
                response.accept(ANSWER, 0, ANSWER.length);
                response.ended();
              }
            });
  }

  private static byte[] gzipped() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("{\"model\":\"m\"}".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private abstract class Told implements Race.Round {
    final Exchange exchange =
        Objects.requireNonNull(
            Exchanges.open("test", "POST", "known", 443, "/v1/chat/completions", null));

    @Override
    public void check() {
      assertThat(over).containsExactly(exchange);
      over.clear();
    }
  }
}
