package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonScannerPropertyTest {
  private static final WantedPaths WANTED = new WantedPaths();

  /** Jackson takes any character for the hex digit whose low byte it has. */
  private static final Pattern NO_HEX = Pattern.compile("\\\\u(?![0-9a-fA-F]{4})");

  @Property(tries = 2_000)
  void aDocumentIsReadAsJacksonReadsIt(@ForAll long seed) throws IOException {
    byte[] document = new RandomJson(new Random(seed)).document();
    Calls expected = new Calls();
    WANTED.read(document, expected);
    Calls calls = new Calls();
    JsonScanner scanner = new JsonScanner(WANTED.shape, calls);

    Pieces.whole(scanner, document);

    assertThat(calls.lines()).isEqualTo(expected.lines());
    assertThat(scanner.complete()).isTrue();
    assertThat(scanner.malformed()).isFalse();
  }

  @Property(tries = 2_000)
  void aDocumentInPiecesIsReadAsTheWhole(@ForAll long seed) {
    Random random = new Random(seed);
    assertSameInPieces(new RandomJson(random).document(), random);
  }

  @Property(tries = 3_000)
  void aBrokenDocumentInPiecesIsReadAsTheWhole(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] document = RandomJson.mutated(new RandomJson(random).document(), random);
    assertSameInPieces(document, random);
  }

  @Property(tries = 3_000)
  void whatJacksonStillReadsAfterAMutationIsReadTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] document = RandomJson.mutated(new RandomJson(random).document(), random);
    if (NO_HEX.matcher(new String(document, UTF_8)).find()) {
      return;
    }
    Calls expected = new Calls();
    try {
      WANTED.read(document, expected);
    } catch (IOException e) {
      return;
    }
    Calls calls = new Calls();
    JsonScanner scanner = new JsonScanner(WANTED.shape, calls);

    Pieces.whole(scanner, document);

    assertThat(calls.lines()).isEqualTo(expected.lines());
    assertThat(scanner.malformed()).isFalse();
    assertThat(scanner.complete()).isTrue();
  }

  @Property(tries = 1_000)
  void aScannerUsedAgainIsAsNew(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] before = RandomJson.mutated(new RandomJson(random).document(), random);
    byte[] document = new RandomJson(random).document();
    Calls expected = new Calls();
    Pieces.whole(new JsonScanner(WANTED.shape, expected), document);
    Calls calls = new Calls();
    JsonScanner scanner = new JsonScanner(WANTED.shape, calls);
    scanner.accept(before, 0, before.length);
    int already = calls.lines().size();

    scanner.reset();
    Pieces.whole(scanner, document);

    assertThat(calls.lines().subList(already, calls.lines().size())).isEqualTo(expected.lines());
    assertThat(scanner.complete()).isTrue();
  }

  private static void assertSameInPieces(byte[] document, Random random) {
    Calls whole = new Calls();
    JsonScanner wholeScanner = new JsonScanner(WANTED.shape, whole);
    Pieces.whole(wholeScanner, document);
    Calls pieces = new Calls();
    JsonScanner pieceScanner = new JsonScanner(WANTED.shape, pieces);
    Pieces.random(pieceScanner, document, random);

    assertThat(pieces.lines()).as(new String(document, UTF_8)).isEqualTo(whole.lines());
    assertThat(pieceScanner.complete()).isEqualTo(wholeScanner.complete());
    assertThat(pieceScanner.malformed()).isEqualTo(wholeScanner.malformed());
  }
}
