package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseScannerTest {

  private static List<String> read(String stream) {
    Calls whole = new Calls();
    Pieces.whole(new SseScanner(whole), stream.getBytes(UTF_8));
    Calls split = new Calls();
    Pieces.byteByByte(new SseScanner(split), stream.getBytes(UTF_8));
    assertThat(split.lines()).isEqualTo(whole.lines());
    return whole.lines();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesEndInThreeWays(String eol) {
    assertThat(read("event: a\ndata: 1\n\ndata: 2\ndata: 3\n\n".replace("\n", eol)))
        .containsExactly("event a", "data 1", "dispatch", "event null", "data 2\n3", "dispatch");
  }

  @Test
  void lineEndsMayBeMixed() {
    assertThat(read("data: 1\r\n\rdata: 2\r\r\ndata: 3\n\r\n"))
        .containsExactly(
            "event null",
            "data 1",
            "dispatch",
            "event null",
            "data 2",
            "dispatch",
            "event null",
            "data 3",
            "dispatch");
  }

  @Test
  void onlyOneSpaceBehindTheColonIsDropped() {
    assertThat(read("data:1\n\ndata: 1\n\ndata:  1\n\ndata:\t1 \n\n"))
        .filteredOn(line -> line.startsWith("data"))
        .containsExactly("data 1", "data 1", "data  1", "data \t1 ");
  }

  @Test
  void dataOfSeveralLinesAreJoinedByLineFeeds() {
    assertThat(read("data: a\ndata:\ndata\ndata: b\n\n"))
        .containsExactly("event null", "data a\n\n\nb", "dispatch");
  }

  @Test
  void anEventWithEmptyDataIsOne() {
    assertThat(read("data\n\ndata:\n\ndata: \n\n"))
        .containsExactly(
            "event null", "dispatch", "event null", "dispatch", "event null", "dispatch");
  }

  @Test
  void anEventWithoutDataIsNoneAndLosesItsName() {
    assertThat(read("event: ping\n\n\n\ndata: 1\n\n"))
        .containsExactly("event null", "data 1", "dispatch");
  }

  @Test
  void theLastNameBeforeTheDataCounts() {
    assertThat(read("event: a\nevent:b\ndata: 1\nevent: c\n\nevent: a\nevent\ndata: 2\n\n"))
        .containsExactly("event b", "data 1", "dispatch", "event null", "data 2", "dispatch");
  }

  @Test
  void aNameLongerThanTheMostIsTakenForNone() {
    String longest = "n".repeat(SseScanner.MAX_NAME);
    assertThat(read("event: " + longest + "\ndata: 1\n\nevent: " + longest + "m\ndata: 2\n\n"))
        .containsExactly(
            "event " + longest, "data 1", "dispatch", "event null", "data 2", "dispatch");
  }

  @Test
  void namesAreUtf8() {
    assertThat(read("event: \u00e9\u20ac\ndata: 1\n\nevent: \u00e9\u20ac\ndata: 1\n\n"))
        .containsExactly(
            "event \u00e9\u20ac", "data 1", "dispatch", "event \u00e9\u20ac", "data 1", "dispatch");
  }

  @Test
  void commentsAndOtherFieldsAreIgnored() {
    assertThat(
            read(
                ": keep-alive\n:\n::data: x\nid: 1\nretry: 10\ndatas: x\ndat: x\n data: x\nDATA: x\n"
                    + "data : x\neventdata: x\nfoo\ndata: 1\n: in between\nid\n\n"))
        .containsExactly("event null", "data 1", "dispatch");
  }

  @Test
  void aByteOrderMarkIsIgnoredAtTheStartOnly() {
    assertThat(read("\ufeffdata: 1\n\n\ufeffdata: 2\n\n"))
        .containsExactly("event null", "data 1", "dispatch");
  }

  @Test
  void partOfAByteOrderMarkSpoilsTheFirstLineOnly() {
    byte[] stream = "??data: 1\n\ndata: 2\n\n".getBytes(UTF_8);
    stream[0] = (byte) 0xEF;
    stream[1] = (byte) 0xBB;
    Calls calls = new Calls();
    Pieces.byteByByte(new SseScanner(calls), stream);
    assertThat(calls.lines()).containsExactly("event null", "data 2", "dispatch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: 1",
        "data: 1\n",
        "data: 1\r",
        "data: 1\nevent: x",
        "data: 1\n: c",
        "data: 1\ndat"
      })
  void anEventWithoutItsBlankLineIsIncomplete(String stream) {
    assertThat(read(stream)).containsExactly("event null", "data 1", "incomplete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "event: x\n", "dat", "data", "data: 1\n\n: bye", "data: 1\n\r"})
  void aStreamMayEndOutsideAnEvent(String stream) {
    assertThat(read(stream)).doesNotContain("incomplete");
  }

  @Test
  void dataAreHandedOnWithoutBeingCopied() {
    byte[] stream = "data: some words\n\n".getBytes(UTF_8);
    byte[][] seen = new byte[1][];
    SseHandler handler =
        new SseHandler() {
          @Override
          public void event(String name) {}

          @Override
          public void data(byte[] bytes, int offset, int length) {
            seen[0] = bytes;
          }

          @Override
          public void dispatch() {}

          @Override
          public void incomplete() {}
        };
    new SseScanner(handler).accept(stream, 0, stream.length);
    assertThat(seen[0]).isSameAs(stream);
  }
}
