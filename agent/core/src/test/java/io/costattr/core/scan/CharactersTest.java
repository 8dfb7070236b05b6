package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CharactersTest {
  private final Characters characters = new Characters();
  private final Bytes bytes = new Bytes();

  private static final class Bytes extends BodyReader {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    @Override
    public void accept(byte[] from, int offset, int length) {
      all.write(from, offset, length);
    }

    @Override
    public void end() {}
  }

  @Property
  void aTextIsItsBytesWhereverItIsCut(
      @ForAll @StringLength(max = 40) String text, @ForAll @IntRange(max = 40) int at) {
    String whole = text + "\u00e9\u20ac\ud83d\ude00";
    int cut = Math.min(at, whole.length());
    Characters fresh = new Characters();
    Bytes shown = new Bytes();

    fresh.accept(whole, 0, cut, shown);
    fresh.accept(whole, cut, whole.length(), shown);

    assertThat(shown.all.toString(UTF_8)).isEqualTo(readable(whole));
  }

  @Test
  void aLongTextIsShownInPieces() {
    String text = "a\ud83d\ude00\u00e9".repeat(5_000);

    characters.accept(text, 0, text.length(), bytes);

    assertThat(bytes.all.toString(UTF_8)).isEqualTo(text);
  }

  @Test
  void aBufferDoesNotMove() {
    CharBuffer text = CharBuffer.wrap("0123456789", 2, 7);

    characters.accept(text, 1, 4, bytes);

    assertThat(bytes.all.toString(UTF_8)).isEqualTo("345");
    assertThat(text.position()).isEqualTo(2);
    assertThat(text.limit()).isEqualTo(7);
  }

  @Test
  void halfACharacterIsNotCarriedIntoTheNextText() {
    characters.accept("a\ud83d", 0, 2, bytes);
    characters.reset();
    characters.accept("\ude00b", 0, 2, bytes);

    assertThat(bytes.all.toString(UTF_8)).isEqualTo("a\ufffdb");
  }

  /** With halves of characters that stand alone replaced. */
  private static String readable(String text) {
    StringBuilder readable = new StringBuilder();
    text.codePoints()
        .forEach(c -> readable.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
    return readable.toString();
  }
}
