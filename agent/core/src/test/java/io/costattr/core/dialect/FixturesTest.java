package io.costattr.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exchange in the fixture folders, however its bytes are split. */
class FixturesTest {

  static List<Fixture> fixtures() throws IOException {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isReadAsItsSheetSays(Fixture fixture) {
    Exchange exchange = fixture.exchange((to, body) -> to.accept(body, 0, body.length));

    assertThat(fixture.made(exchange)).isEqualTo(fixture.expected());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isReadTheSameInPieces(Fixture fixture) {
    Exchange byBytes = fixture.exchange(FixturesTest::byteByByte);
    assertThat(fixture.made(byBytes)).isEqualTo(fixture.expected());

    for (long seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      Exchange inPieces = fixture.exchange((to, body) -> inPieces(to, body, random));
      assertThat(fixture.made(inPieces)).as("seed %d", seed).isEqualTo(fixture.expected());
    }
  }

  @Test
  void everyProviderHasAFolder() throws IOException {
    List<String> names = new Providers(Map.of()).all().stream().map(Provider::name).toList();

    assertThat(new TreeSet<>(Fixture.folders())).isEqualTo(new TreeSet<>(names));
  }

  private static void byteByByte(ObservedBody to, byte[] body) {
    for (int i = 0; i < body.length; i++) {
      to.accept(body, i, 1);
    }
  }

  private static void inPieces(ObservedBody to, byte[] body, Random random) {
    int i = 0;
    while (i < body.length) {
      int length = Math.min(1 + random.nextInt(60), body.length - i);
      to.accept(ByteBuffer.wrap(body, i, length));
      i += length;
    }
  }
}
