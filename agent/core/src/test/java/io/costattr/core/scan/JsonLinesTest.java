package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private static final JsonShape SHAPE =
      JsonShape.builder()
          .text("message.content", 1)
          .value("eval_count", 2)
          .value("done", 3)
          .build();

  private static List<String> read(String stream) {
    Calls whole = new Calls();
    Pieces.whole(new JsonLines(SHAPE, whole, whole), stream.getBytes(UTF_8));
    Calls split = new Calls();
    Pieces.byteByByte(new JsonLines(SHAPE, split, split), stream.getBytes(UTF_8));
    assertThat(split.lines()).isEqualTo(whole.lines());
    return whole.lines();
  }

  @Test
  void readsOneDocumentALine() {
    assertThat(
            read(
                """
                {"message":{"content":"Bl"},"done":false}
                {"message":{"content":"ue"},"done":false}
                {"done":true,"eval_count":298}
                """))
        .containsExactly(
            "start null",
            "1 text Bl",
            "3 bool false",
            "end",
            "start null",
            "1 text ue",
            "3 bool false",
            "end",
            "start null",
            "3 bool true",
            "2 number 298",
            "end");
  }

  @Test
  void theLastLineNeedsNoEnd() {
    assertThat(read("{\"eval_count\":1}")).containsExactly("start null", "2 number 1", "end");
  }

  @Test
  void blankLinesAndCarriageReturnsAreNoDocuments() {
    assertThat(read("\n \r\n{\"eval_count\":1}\r\n\t\n\r\n{\"eval_count\":2}\r\n \n"))
        .containsExactly("start null", "2 number 1", "end", "start null", "2 number 2", "end");
  }

  @Test
  void aLineThatIsNoDocumentSpoilsNoOther() {
    assertThat(read("oops\n{\"eval_count\":1\n{\"eval_count\":2} x\n{\"eval_count\":3}\n"))
        .containsExactly(
            "start null",
            "end of malformed",
            "start null",
            "end of malformed",
            "start null",
            "2 number 2",
            "end of malformed",
            "start null",
            "2 number 3",
            "end");
  }

  @Test
  void aCutLineIsSaid() {
    assertThat(read("{\"done\":true}\n{\"eval_count\":29"))
        .containsExactly("start null", "3 bool true", "end", "start null", "cut");
  }

  @Test
  void nothingIsNoDocument() {
    assertThat(read("")).isEmpty();
    assertThat(read("\n\n")).isEmpty();
  }

  @Property(tries = 1_000)
  void everyLineIsReadAsADocumentOfItsOwn(@ForAll long seed) {
    Random random = new Random(seed);
    JsonShape shape = new WantedPaths().shape;
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int lines = random.nextInt(6); lines > 0; lines--) {
      String document =
          new String(new RandomJson(random).document(), UTF_8).replaceAll("[\r\n]", " ");
      text.append(document).append(random.nextBoolean() ? "\n" : "\r\n");
      Calls calls = new Calls();
      calls.eventStart(null);
      JsonScanner scanner = new JsonScanner(shape, calls);
      Pieces.whole(scanner, document.getBytes(UTF_8));
      calls.eventEnd(!scanner.complete() || scanner.malformed());
      expected.addAll(calls.lines());
    }
    Calls read = new Calls();

    Pieces.random(new JsonLines(shape, read, read), text.toString().getBytes(UTF_8), random);

    assertThat(read.lines()).isEqualTo(expected);
  }

  @Property(tries = 1_000)
  void aStreamInPiecesIsReadAsTheWhole(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int lines = random.nextInt(6); lines > 0; lines--) {
      text.append(new String(new RandomJson(random).document(), UTF_8)).append("\n");
    }
    byte[] stream = RandomJson.mutated(text.toString().getBytes(UTF_8), random);
    JsonShape shape = new WantedPaths().shape;
    Calls whole = new Calls();
    Pieces.whole(new JsonLines(shape, whole, whole), stream);
    Calls pieces = new Calls();

    Pieces.random(new JsonLines(shape, pieces, pieces), stream, random);

    assertThat(pieces.lines()).isEqualTo(whole.lines());
  }
}
