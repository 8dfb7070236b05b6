package io.costattr.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Both readers read the same. */
class CsvLinesTest {

  @Property(tries = 2_000)
  void text_without_quotes_is_split_as_the_csv_library_splits_it(
      @ForAll @Chars({'a', 'b', ' ', ',', '\n', '#'}) @StringLength(max = 60) String text)
      throws CsvLines.Unreadable {
    assertThat(plain(text)).isEqualTo(byLibrary(text));
  }

  @Test
  void lines_of_windows_are_read() throws CsvLines.Unreadable {
    String text = "#c\r\na,b\r\n\r\n,\r\nlast,";

    assertThat(plain(text)).isEqualTo(byLibrary(text));
    assertThat(plain(text)).containsExactly("# c", "2 [a, b]", "4 [, ]", "5 [last, ]");
  }

  @Test
  void quoted_fields_keep_their_commas_and_lines() throws CsvLines.Unreadable {
    assertThat(plain("a,\"b,\n\"\"c\"\"\"\nd,e")).containsExactly("1 [a, b,\n\"c\"]", "3 [d, e]");
  }

  private static List<String> plain(String text) throws CsvLines.Unreadable {
    Noted noted = new Noted();
    CsvLines.read(text, noted);
    return noted.said;
  }

  private static List<String> byLibrary(String text) throws CsvLines.Unreadable {
    Noted noted = new Noted();
    QuotedCsv.read(text, noted);
    return noted.said;
  }

  private static final class Noted implements CsvLines.Taker {
    final List<String> said = new ArrayList<>();

    @Override
    public void comment(String text) {
      said.add("# " + text);
    }

    @Override
    public boolean fields(long line, String[] fields) {
      said.add(line + " " + Arrays.toString(fields));
      return true;
    }
  }
}
