package io.costattr.core.price;

import static io.costattr.core.price.Query.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.costattr.core.price.PriceRow.Confidence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceFileTest {
  private static final String ALL_COLUMNS =
      "provider,model,aliases,tier,context,long_context_over,meter,usd,per,regional_uplift,"
          + "effective_from,effective_to,hours_utc,source,checked_on,confidence,note\n";

  @Test
  void a_row_says_all_it_says() {
    PriceBook book =
        Books.of(
            "# version: acme-7\n"
                + ALL_COLUMNS
                + "acme,m,m1 m2,flex,long,200000,cached_input,0.25,1000,1.05,2026-01-31,2027-02-01,"
                + "mon-fri 01:00-04:00,\"contract 4711, page 3\",2026-01-02,medium,ask Kim\n");

    assertThat(book.version()).isEqualTo("acme-7");
    PriceRow row = book.rows().get(0);
    assertThat(row.id()).isEqualTo("acme/m/flex/long/cached_input/mon-fri_01:00-04:00@2026-01-31");
    assertThat(row.longContextOver()).isEqualTo(200_000);
    assertThat(row.rate().usd()).isEqualByComparingTo("0.25");
    assertThat(row.rate().per()).isEqualTo(1_000);
    assertThat(row.regionalRate().usd()).isEqualByComparingTo("0.2625");
    assertThat(row.effectiveTo()).isEqualTo(Instant.parse("2027-02-01T00:00:00Z"));
    assertThat(row.source()).isEqualTo("contract 4711, page 3");
    assertThat(row.checkedOn()).isEqualTo(LocalDate.of(2026, 1, 2));
    assertThat(row.confidence()).isEqualTo(Confidence.MEDIUM);
    assertThat(row.note()).isEqualTo("ask Kim");
  }

  @Test
  void few_columns_suffice_in_any_order() {
    PriceBook book =
        Books.of("usd,per,meter,effective_from,model,provider\n2,1000000,input,2026-01-01,m,acme");

    PriceRow row = book.rows().get(0);
    assertThat(row.id()).isEqualTo("acme/m/standard/short/input@2026-01-01");
    assertThat(row.confidence()).isEqualTo(Confidence.HIGH);
    assertThat(row.effectiveTo()).isNull();
    assertThat(row.checkedOn()).isNull();
  }

  @Test
  void a_file_without_a_version_is_known_by_its_name_and_contents() {
    PriceBook one = Books.of(Books.HEADER + "acme,m,input,1,1,2026-01-01\n");
    PriceBook two = Books.of(Books.HEADER + "acme,m,input,2,1,2026-01-01\n");

    assertThat(one.version()).matches("prices\\.csv#[0-9a-f]+").isNotEqualTo(two.version());
  }

  @Test
  void a_spreadsheets_byte_order_mark_and_line_ends_are_read() {
    PriceBook book =
        Books.of("\uFEFF" + Books.HEADER.strip() + "\r\nacme,m,input,1,1,2026-01-01\r\n");

    assertThat(book.rows()).hasSize(1);
  }

  @Test
  void of_two_rows_in_force_the_later_holds_wherever_it_stands() {
    String older = "acme,m,input,1,1,2026-01-01\n";
    String newer = "acme,m,input,2,1,2026-06-01\n";

    for (String rows : new String[] {older + newer, newer + older}) {
      PriceBook book = Books.of(Books.HEADER + rows);
      assertThat(answeredBy("m").of("acme", false).price(book, "input=1").usd())
          .isEqualByComparingTo("2");
    }
  }

  @Test
  void an_alias_may_stand_on_any_row_of_its_model() {
    PriceBook book =
        Books.of(
            "provider,model,aliases,meter,usd,per,effective_from\n"
                + "acme,m,,input,1,1,2026-01-01\n"
                + "acme,m,other,output,1,1,2026-01-01\n");

    assertThat(answeredBy("other").of("acme", false).price(book, "input=3").usd())
        .isEqualByComparingTo("3");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "acme,m,inptu,1,1,2026-01-01 | line 3: meter \"inptu\" is not one of input, cached_input,",
        "acme,m,input,1.2.3,1,2026-01-01 | line 3: usd \"1.2.3\" is not a plain decimal like 0.075",
        "acme,m,input,-1,1,2026-01-01 | line 3: usd \"-1\" is not a plain decimal like 0.075",
        "acme,m,input,1e3,1,2026-01-01 | line 3: usd \"1e3\" is not a plain decimal like 0.075",
        "acme,m,input,,1,2026-01-01 | line 3: usd is empty",
        ",m,input,1,1,2026-01-01 | line 3: provider is empty",
        "acme,,input,1,1,2026-01-01 | line 3: model is empty",
        "acme,m,input,1,0,2026-01-01 | line 3: per \"0\" is not a whole number of 1 or more",
        "acme,m,input,1,1.5,2026-01-01 | line 3: per \"1.5\" is not a whole number of 1 or more",
        "acme,m,input,1,many,2026-01-01 | line 3: per \"many\" is not a whole number of 1 or more",
        "acme,m,input,1,1,01.02.2026 | line 3: effective_from \"01.02.2026\" is not a date like",
        "acme,m,input,1,1,2026-02-30 | line 3: effective_from \"2026-02-30\" is no day of the",
        "acme,m,input,1,1,2026-01-30T24:00Z | line 3: effective_from \"2026-01-30T24:00Z\" is not an",
        "acme,m,input,1,1,2026-01-30T16:00 | line 3: effective_from \"2026-01-30T16:00\" is not an",
        "acme,m,input,1,1,2026-01-30 16:00 | line 3: effective_from \"2026-01-30 16:00\" is not a date",
        "acme,m,input,1,1,2026-02-30T16:00Z | line 3: effective_from \"2026-02-30\" is no day of the",
        "acme,m,input,1,1,2026-1a-30 | line 3: effective_from \"2026-1a-30\" is not a date like",
        "acme,m,input,1,1 | line 3: the header has 6 columns, but this line 5 fields",
        "acme,m,input,1,1,2026-01-01,x | line 3: the header has 6 columns, but this line 7 fields",
        "acme,m,input,999999999999,1,2026-01-01 | line 3: usd 999999999999 per 1 is out of range",
        "acme,ok,input,2,1,2026-01-01 | line 3: the same row as line 2: acme/ok/standard/short/",
      })
  void a_bad_row_is_refused_with_its_line_and_the_reason(String row, String reason) {
    String csv = Books.HEADER + "acme,ok,input,1,1,2026-01-01\n" + row + "\n";

    assertThatThrownBy(() -> Books.read(csv))
        .isInstanceOf(PriceFileException.class)
        .hasMessageStartingWith("prices.csv, " + reason);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "standrad,short,,,,, | tier \"standrad\" is not one of standard, batch, flex, priority,",
        "default,short,,,,, | tier \"default\" is not one of standard, batch, flex, priority,",
        "batch,medium,,,,, | context \"medium\" is not one of short, long",
        "batch,long,,,,, | long_context_over is empty",
        "batch,long,-5,,,, | long_context_over \"-5\" is not a whole number of 1 or more",
        "batch,short,272000,,,, | long_context_over is for rows whose context is \"long\"",
        "batch,long,200000,,,, | long_context_over 200000, but an earlier row of m has 272000",
        "batch,short,,0.1,,, | regional_uplift 0.1 is below 1; for 10 % more write 1.1",
        "batch,short,,ten,,, | regional_uplift \"ten\" is not a plain decimal like 0.075",
        "batch,short,,,2026-01-01,, | effective_to 2026-01-01 is not after effective_from",
        "batch,short,,,2025-12-31,, | effective_to 2025-12-31 is not after effective_from",
        "batch,short,,,,sure, | confidence \"sure\" is not one of high, medium, derived,",
        "batch,short,,,,,alias | alias alias already stands for n",
      })
  void a_bad_optional_column_is_refused_too(String fields, String reason) {
    String csv =
        "tier,context,long_context_over,regional_uplift,effective_to,confidence,aliases,"
            + Books.HEADER
            + "flex,long,272000,,,,,acme,m,input,1,1,2026-01-01\n"
            + "flex,,,,,,alias,acme,n,input,1,1,2026-01-01\n"
            + fields
            + ",acme,m,input,1,1,2026-01-01\n";

    assertThatThrownBy(() -> Books.read(csv))
        .isInstanceOf(PriceFileException.class)
        .hasMessageStartingWith("prices.csv, line 4: " + reason);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'' | prices.csv: empty: the first line must name the columns",
        "'# only a comment' | prices.csv: empty: the first line must name the columns",
        "'provider,model' | prices.csv, line 1: column meter is missing",
        "'provider;model;meter' | prices.csv, line 1: no column is called \"provider;model;meter\"",
        "'provider,provider' | prices.csv, line 1: column provider stands twice",
        "'provider,price' | prices.csv, line 1: no column is called \"price\"; there are provider,",
        "'{\"a\": 1}' | prices.csv, line 1: no column is called \"{\"a\": 1}\"",
      })
  void a_bad_header_is_refused(String csv, String message) {
    assertThatThrownBy(() -> Books.read(csv))
        .isInstanceOf(PriceFileException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void a_check_says_everything_that_is_wrong_line_by_line() {
    String csv =
        Books.HEADER
            + "acme,ok,input,1,1,2026-01-01\n"
            + "acme,,inptu,1.2.3,0,yesterday\n"
            + "acme,ok,input\n"
            + "\n"
            + "acme,ok,input,2,1,2026-01-01\n";

    assertThat(Books.check(csv))
        .extracting(fault -> fault.line() + ": " + fault.reason().replaceAll(" one of .*", " one"))
        .containsExactly(
            "3: model is empty",
            "3: meter \"inptu\" is not one",
            "3: per \"0\" is not a whole number of 1 or more",
            "3: usd \"1.2.3\" is not a plain decimal like 0.075",
            "3: effective_from \"yesterday\" is not a date like 2026-11-23",
            "4: the header has 6 columns, but this line 3 fields",
            "6: the same row as line 2: acme/ok/standard/short/input@2026-01-01");
    assertThat(Books.check(Books.HEADER + "acme,ok,input,1,1,2026-01-01\n")).isEmpty();
    assertThat(Books.check("provider,price,provider\n"))
        .extracting(PriceFault::line)
        .containsOnly(1L)
        .hasSizeGreaterThan(5);
  }

  @Test
  void a_row_may_begin_and_end_at_a_minute() {
    PriceBook book =
        Books.of(
            "effective_to,"
                + Books.HEADER
                + "2026-08-16T16:00Z,acme,m,input,1,1,2026-01-01T00:00Z\n"
                + ",acme,m,input,2,1,2026-08-16T16:00Z\n");
    Query call = answeredBy("m").of("acme", false);

    assertThat(call.at("2026-08-16T15:59:59Z").price(book, "input=1").usd())
        .isEqualByComparingTo("1");
    assertThat(call.at("2026-08-16T16:00:00Z").price(book, "input=1").usd())
        .isEqualByComparingTo("2");
    assertThat(book.rows())
        .extracting(PriceRow::id)
        .containsExactly(
            "acme/m/standard/short/input@2026-08-16T16:00Z",
            "acme/m/standard/short/input@2026-01-01");
  }

  @Test
  void an_unclosed_quotation_mark_is_refused() {
    assertThatThrownBy(() -> Books.read(Books.HEADER + "acme,\"m,input,1,1,2026-01-01\n"))
        .isInstanceOf(PriceFileException.class)
        .hasMessageContaining("prices.csv")
        .hasMessageContaining("2");
  }

  @Test
  void bytes_that_are_no_text_are_refused() {
    InputStream bytes =
        new ByteArrayInputStream("provider,m\u00e9ter".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> PriceBook.read("prices.csv", bytes))
        .isInstanceOf(PriceFileException.class)
        .hasMessage("prices.csv: not UTF-8 text");
  }

  @Test
  void a_file_that_never_ends_is_refused() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return length;
          }
        };

    assertThatThrownBy(() -> PriceBook.read("prices.csv", endless))
        .hasMessage("prices.csv: larger than 16777216 bytes");
  }

  @Test
  void a_file_that_cannot_be_read_is_refused() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }
        };

    assertThatThrownBy(() -> PriceBook.read("prices.csv", broken))
        .isInstanceOf(PriceFileException.class)
        .hasMessage("prices.csv: cannot be read: disk on fire");
  }
}
