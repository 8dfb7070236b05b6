package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseJsonTest {
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .text("choices[].delta.content", 1)
          .value("usage.prompt_tokens", 2)
          .value("type", 3)
          .build();

  private static List<String> read(String stream) {
    Calls whole = new Calls();
    Pieces.whole(new SseJson(SHAPE, whole, whole), stream.getBytes(UTF_8));
    Calls split = new Calls();
    Pieces.byteByByte(new SseJson(SHAPE, split, split), stream.getBytes(UTF_8));
    assertThat(split.lines()).isEqualTo(whole.lines());
    return whole.lines();
  }

  @Test
  void readsAChatStreamUpToDone() {
    assertThat(
            read(
                """
                data: {"choices":[{"delta":{"content":"Hel"}}],"usage":null}

                data: {"choices":[{"delta":{"content":"lo"}}],"usage":null}

                data: {"choices":[],"usage":{"prompt_tokens":53}}

                data: [DONE]

                """))
        .containsExactly(
            "start null",
            "1 text Hel",
            "end",
            "start null",
            "1 text lo",
            "end",
            "start null",
            "2 number 53",
            "end",
            "done");
  }

  @Test
  void readsNamedEvents() {
    assertThat(
            read(
                "event: response.created\r\ndata: {\"type\":\"response.created\"}\r\n\r\n"
                    + "event: response.completed\r\ndata: {\"type\":\"response.completed\"}\r\n\r\n"))
        .containsExactly(
            "start response.created",
            "3 string response.created",
            "end",
            "start response.completed",
            "3 string response.completed",
            "end");
  }

  @Test
  void oneDocumentMayBeSpreadOverSeveralDataLines() {
    assertThat(read("data: {\"usage\":\ndata: {\"prompt_tokens\":\ndata: 7}}\n\n"))
        .containsExactly("start null", "2 number 7", "end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: [DONE]",
        "data:[DONE]\n",
        "data: [DONE]\n\n",
        "data: [DONE] \n\n",
        "data: [DONE]\ndata: x\n\n"
      })
  void doneIsToldOnceAtItsLastByte(String stream) {
    assertThat(read(stream)).containsExactly("done");
    Calls calls = new Calls();
    SseJson reader = new SseJson(SHAPE, calls, calls);
    reader.accept("data:[DONE]".getBytes(UTF_8), 0, 11);
    assertThat(calls.lines()).containsExactly("done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[D", "[DONE", "DONE]", "DONE"})
  void whatIsNotQuiteDoneIsMalformed(String data) {
    assertThat(read("data: " + data + "\n\n")).containsExactly("start null", "end of malformed");
  }

  @Test
  void anArrayThatBeginsAsDoneDoesIsRead() {
    assertThat(read("data: []\n\ndata: [{}]\n\n"))
        .containsExactly("start null", "end", "start null", "end");
  }

  @Test
  void aBrokenDocumentSpoilsNoOtherEvent() {
    assertThat(
            read(
                "data: {\"type\":\"a\"\n\ndata: oops\n\ndata: {\"type\":\"b\"} x\n\n"
                    + "data: {\"type\":\"c\"}\n\n"))
        .containsExactly(
            "start null",
            "3 string a",
            "end of malformed",
            "start null",
            "end of malformed",
            "start null",
            "3 string b",
            "end of malformed",
            "start null",
            "3 string c",
            "end");
  }

  @Test
  void anEventWithoutDataIsNotMalformed() {
    assertThat(read("event: ping\ndata:\n\n: keep-alive\n\n")).containsExactly("start ping", "end");
  }

  @Test
  void aCutStreamSaysWhetherOnlyTheBlankLineIsMissing() {
    assertThat(read("data: {\"type\":\"a\"}"))
        .containsExactly("start null", "3 string a", "cut behind whole");
    assertThat(read("data: {\"type\":\"a\"")).containsExactly("start null", "3 string a", "cut");
    assertThat(read("data: [DO")).containsExactly("start null", "cut");
    assertThat(read("data: ")).containsExactly("start null", "cut");
  }

  @Test
  void whatComesAfterDoneIsStillRead() {
    assertThat(read("data: [DONE]\n\ndata: {\"type\":\"a\"}\n\n"))
        .containsExactly("done", "start null", "3 string a", "end");
  }

  @Property(tries = 1_000)
  void aStreamInPiecesIsReadAsTheWhole(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int events = random.nextInt(6); events > 0; events--) {
      String document = new String(new RandomJson(random).document(), UTF_8);
      text.append(random.nextBoolean() ? "event: e\r\n" : "");
      text.append("data: ").append(document.replaceAll("\r\n|\n|\r", "\ndata:")).append("\n\n");
      text.append(random.nextInt(4) == 0 ? "data: [DONE]\r\n\r\n" : "");
    }
    byte[] stream = RandomJson.mutated(text.toString().getBytes(UTF_8), random);
    JsonShape shape = new WantedPaths().shape;
    Calls whole = new Calls();
    Pieces.whole(new SseJson(shape, whole, whole), stream);
    Calls pieces = new Calls();

    Pieces.random(new SseJson(shape, pieces, pieces), stream, random);

    assertThat(pieces.lines()).isEqualTo(whole.lines());
  }
}
