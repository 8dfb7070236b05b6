package io.costattr.core.price;

import static io.costattr.core.price.Query.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.costattr.core.usage.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code docs/prices.md} shows is true. */
class PriceDocumentTest {
  private final String document = read();

  @Test
  void the_example_is_a_good_file() throws PriceFileException {
    PriceBook book = PriceBook.builtIn().overlay(Books.read(example()));

    assertThat(book.version()).isEqualTo(PriceBook.builtIn().version() + "+acme-2026-12");
    assertThat(document).contains(book.version());
    assertThat(answeredBy("gpt-5.5").at("2026-12-24T00:00:00Z").price(book, "input=2").usd())
        .isEqualByComparingTo("0.000009");
    assertThat(answeredBy("llama-4").of("llm.acme.example", true).price(book, "output=10").usd())
        .isEqualByComparingTo("0.000006");
  }

  @Test
  void the_example_of_a_refusal_is_what_is_said() {
    String bad = example().replaceFirst("4\\.50", "\"4,50 €\"");

    assertThatThrownBy(() -> Books.read(bad))
        .hasMessage("prices.csv, line 3: usd \"4,50 €\" is not a plain decimal like 0.075");
    assertThat(document).contains("line 3: usd \"4,50 €\" is not a plain decimal like 0.075");
  }

  @Test
  void it_names_every_column_meter_and_tier() {
    for (PriceColumn column : PriceColumn.values()) {
      assertThat(document).contains("`" + column.id + "`");
    }
    for (Meter meter : Meter.values()) {
      assertThat(document).contains("`" + meter.id() + "`");
    }
    for (Tier tier : Tier.values()) {
      assertThat(document).contains("`" + tier.id() + "`");
    }
  }

  private String example() {
    int start = document.indexOf("```csv\n") + "```csv\n".length();
    return document.substring(start, document.indexOf("```", start));
  }

  private static String read() {
    try {
      return Files.readString(
          Path.of(System.getProperty("costattr.test.root"), "docs", "prices.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
