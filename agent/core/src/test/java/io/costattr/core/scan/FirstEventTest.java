package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstEventTest {
  private final Calls calls = new Calls();
  private final FirstEvent reader = new FirstEvent(new SseScanner(calls));

  @ParameterizedTest
  @ValueSource(strings = {"data: 1\n\n", "event: a\ndata: 1\n\n", ": hello\n\n"})
  void oneEventByItselfIsReadWhenSomethingFollows(String event) {
    Calls whole = new Calls();
    Pieces.whole(new SseScanner(whole), (event + "data: 2\n\n").getBytes(UTF_8));
    byte[] first = event.getBytes(UTF_8);

    reader.accept(first, 0, first.length);
    Arrays.fill(first, (byte) 'x');
    assertThat(calls.lines()).isEmpty();
    show("data: 2\n\n");

    assertThat(calls.lines()).isEqualTo(whole.lines());
  }

  @Test
  void oneEventByItselfIsReadWhenNothingFollows() {
    show("data: 1\n\n");

    reader.end();

    assertThat(calls.lines()).containsExactly("event null", "data 1", "dispatch");
  }

  @Test
  void itIsReadOnce() {
    show("data: 1\n\n");

    reader.flush();
    reader.flush();
    show("data: 2\n\n");
    reader.end();

    assertThat(calls.lines())
        .containsExactly("event null", "data 1", "dispatch", "event null", "data 2", "dispatch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: 1\n\ndata: [DONE]\n\n",
        "data: 1\n\n\n",
        "data: 1\n",
        "data: 1",
        "data: 1\r\n\r\n",
        "\n\ndata: 1\n\n"
      })
  void anythingElseIsReadAtOnce(String piece) {
    Calls whole = new Calls();
    SseScanner scanner = new SseScanner(whole);
    byte[] bytes = piece.getBytes(UTF_8);
    scanner.accept(bytes, 0, bytes.length);

    show(piece);

    assertThat(calls.lines()).isNotEmpty().isEqualTo(whole.lines());
  }

  @Test
  void aLongEventIsReadAtOnce() {
    show("data: " + "x".repeat(FirstEvent.MOST) + "\n\n");

    assertThat(calls.lines()).hasSize(3);
  }

  @Test
  void laterEventsAreReadAtOnce() {
    show("data: 1\n\n");
    show("data: 2\n\n");
    show("data: 3\n\n");

    assertThat(calls.lines()).hasSize(9);
  }

  private void show(String piece) {
    byte[] bytes = piece.getBytes(UTF_8);
    reader.accept(bytes, 0, bytes.length);
  }
}
