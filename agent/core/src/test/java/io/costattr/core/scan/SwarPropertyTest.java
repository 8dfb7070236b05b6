package io.costattr.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SwarPropertyTest {

  @Property(tries = 3_000)
  void findsWhatALoopOverTheBytesFinds(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = bytes(random);
    int from = random.nextInt(bytes.length + 1);
    int end = from + random.nextInt(bytes.length - from + 1);

    assertThat(Swar.quoteOrBackslash(bytes, from, end)).isEqualTo(first("\"\\", bytes, from, end));
    assertThat(Swar.lineEnd(bytes, from, end)).isEqualTo(first("\r\n", bytes, from, end));
    assertThat(Swar.structural(bytes, from, end))
        .isEqualTo(first("\"{}[]Yy_\u007f", bytes, from, end));
  }

  /** Few of what is looked for, and neighbours of it that carry into the next byte. */
  private static byte[] bytes(Random random) {
    String sought = "\"\\{}[]Yy_\u007f\r\n";
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(40) == 0) {
        int near = random.nextInt(3) - 1;
        bytes[i] = (byte) (sought.charAt(random.nextInt(sought.length())) + near);
      } else if (sought.indexOf((char) bytes[i]) >= 0) {
        bytes[i] = 'a';
      }
    }
    return bytes;
  }

  private static int first(String sought, byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && (bytes[i] < 0 || sought.indexOf((char) bytes[i]) < 0)) {
      i++;
    }
    return i;
  }
}
