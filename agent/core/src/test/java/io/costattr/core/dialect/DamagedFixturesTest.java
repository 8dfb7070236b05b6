package io.costattr.core.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of a response on its way, it is read without a fault, and never as a debt. */
class DamagedFixturesTest {
  private static final int TRIES = 60;
  private static final String[] ODD = {
    "null", "-1", "\"7\"", "1e999", "99999999999999999999", "0.5", "{}", "[]", "true", "\"\\u0000\""
  };

  static List<Fixture> fixtures() throws IOException {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aCutResponseIsReadWithoutAFault(Fixture fixture) {
    for (int length = 0; length < fixture.response().length; length += 7) {
      check(fixture.withResponse(Arrays.copyOf(fixture.response(), length)));
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aResponseWithOddNumbersIsReadWithoutAFault(Fixture fixture) {
    Random random = new Random(fixture.toString().hashCode());
    String response = new String(fixture.response(), ISO_8859_1);
    for (int i = 0; i < TRIES; i++) {
      int at = random.nextInt(Math.max(1, response.length()));
      String odd = ODD[random.nextInt(ODD.length)];
      String damaged =
          response.substring(0, at)
              + response
                  .substring(at)
                  .replaceFirst(": ?-?[0-9.]+", ":" + odd.replace("\\", "\\\\"));
      check(fixture.withResponse(damaged.getBytes(ISO_8859_1)));
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aResponseWithOddBytesIsReadWithoutAFault(Fixture fixture) {
    Random random = new Random(fixture.toString().hashCode());
    for (int i = 0; i < TRIES; i++) {
      byte[] damaged = fixture.response().clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      check(fixture.withResponse(damaged));
    }
  }

  private static void check(Fixture fixture) {
    Exchange exchange = fixture.exchange((to, body) -> to.accept(body, 0, body.length));

    assertThatCode(exchange::transcript).doesNotThrowAnyException();
    Transcript said = exchange.transcript();
    check(said.usage());
    check(said.interim());
    assertThat(said.usage() == null || said.interim() == null).isTrue();
    if (said.chargePicoUsd() != null) {
      assertThat(said.chargePicoUsd()).isNotNegative();
    }
    exchange.release();
  }

  private static void check(@Nullable Usage usage) {
    if (usage != null) {
      for (Meter meter : Meter.values()) {
        assertThat(usage.quantity(meter)).isNotNegative();
      }
    }
  }
}
