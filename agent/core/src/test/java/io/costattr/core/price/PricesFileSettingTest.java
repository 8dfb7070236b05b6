package io.costattr.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** {@code costattr.prices.file}, and what the log says about prices. */
@ResourceLock(Resources.SYSTEM_ERR)
class PricesFileSettingTest {
  @TempDir Path folder;

  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(err);
  }

  @Test
  void without_it_the_built_in_book_is_used_in_silence() {
    assertThat(PriceBook.load(config(null))).isSameAs(PriceBook.builtIn());
    assertThat(said()).isEmpty();
  }

  @Test
  void a_good_file_overlays_the_built_in_book() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("acme.csv"),
            "# version: acme-1\n" + Books.HEADER + "acme,m,input,1,1,2026-01-01\n");

    PriceBook book = PriceBook.load(config(file));

    assertThat(book.version()).isEqualTo(PriceBook.builtIn().version() + "+acme-1");
    assertThat(said()).isEmpty();
  }

  @Test
  void a_bad_file_is_refused_whole_in_one_line() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("acme.csv"),
            Books.HEADER + "acme,m,input,1,1,2026-01-01\nacme,m,output,two,1,2026-01-01\n");

    PriceBook book = PriceBook.load(config(file));

    assertThat(book).isSameAs(PriceBook.builtIn());
    assertThat(said().lines())
        .containsExactly(
            "[costattr] costattr.prices.file is refused, the built-in prices "
                + PriceBook.builtIn().version()
                + " are used: "
                + file
                + ", line 3: usd \"two\" is not a plain decimal like 0.075");
  }

  @Test
  void a_file_that_is_not_there_is_named_in_one_line() {
    Path file = folder.resolve("nowhere.csv");

    assertThat(PriceBook.load(config(file))).isSameAs(PriceBook.builtIn());
    assertThat(said().lines()).singleElement().asString().contains(file.toString());
  }

  @Test
  void an_unpriced_model_is_named_once() {
    Query call = Query.answeredBy("model-nobody-knows");
    call.price(PriceBook.builtIn(), "input=1");
    call.price(PriceBook.builtIn(), "input=2");

    assertThat(said().lines())
        .containsExactly(
            "[costattr] no price for model \"model-nobody-knows\" of openai as of"
                + " 2026-11-23: such calls are unpriced, not free; costattr.prices.file can add a"
                + " price");
  }

  @Test
  void an_unpriced_tier_and_an_unpriced_meter_are_named() {
    Query.answeredBy("gpt-5.5").served("warp").price(PriceBook.builtIn(), "input=1");
    Query.answeredBy("gpt-5.5").served("batch").price(PriceBook.builtIn(), "second=1");

    assertThat(said())
        .contains("no price for service tier \"warp\" of model \"gpt-5.5\" of openai as of ")
        .contains("no price for second (batch tier) of model \"gpt-5.5\" of openai as of ");
  }

  @Test
  void a_price_that_ends_soon_is_said_once() {
    PriceBook book =
        Books.of(
            "effective_to,"
                + Books.HEADER
                + "2026-12-01,acme,promoted,input,1,1,2026-01-01\n"
                + "2027-12-01,acme,lasting,input,1,1,2026-01-01\n"
                + "2026-12-01,acme,later,input,1,1,2026-01-01\n");
    Query.answeredBy("later").of("acme", false).at("2026-11-16T23:59:59Z").price(book, "input=1");
    assertThat(said()).isEmpty();
    Query.answeredBy("lasting").of("acme", false).price(book, "input=1");
    Query.answeredBy("promoted").of("acme", false).price(book, "input=1");
    Query.answeredBy("promoted").of("acme", false).price(book, "input=2");

    assertThat(said().lines())
        .containsExactly(
            "[costattr] the price of model \"promoted\" of acme ends on 2026-12-01: compare it with"
                + " the provider's price page; costattr.prices.file can set it");
  }

  @Test
  void a_price_that_nobody_vouches_for_any_more_is_said_once() {
    PriceBook book =
        Books.of(
            "effective_to,confidence,"
                + Books.HEADER
                + "2026-11-22,high,openai,promoted,input,1,1,2026-01-01\n"
                + ",unverified,openai,promoted,input,1,1,2026-11-22\n");

    Cost cost = Query.answeredBy("promoted").price(book, "input=1");
    Query.answeredBy("promoted").price(book, "input=2");

    assertThat(said().lines())
        .containsExactly(
            "[costattr] the price of model \"promoted\" of openai is not vouched for since"
                + " 2026-11-22: compare it with the provider's price page; costattr.prices.file can"
                + " set it");
    assertThat(cost.vouchedUntil()).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
  }

  @Test
  void hours_that_end_every_day_are_not_an_end() {
    Cost cost =
        Query.answeredBy("deepseek-v4-flash")
            .of("deepseek", true)
            .at("2026-09-23T02:00:00Z")
            .price(PriceBook.builtIn(), "input=1");

    assertThat(cost.lines().get(0).row()).contains("mon-fri_01:00-04:00");
    assertThat(cost.vouchedUntil()).isNull();
    assertThat(said()).isEmpty();
  }

  @Test
  void a_usage_too_large_to_be_true_is_named() {
    Query.answeredBy("o1").price(PriceBook.builtIn(), "input=9223372036854775807");

    assertThat(said())
        .contains("the usage reported for model \"o1\" of openai is too large to be true: ");
  }

  @Test
  void a_hostile_model_name_cannot_fill_the_log() {
    Query.answeredBy("evil\n[costattr] all is well" + "!".repeat(10_000))
        .price(PriceBook.builtIn(), "input=1");

    assertThat(said().lines()).singleElement().asString().hasSizeLessThan(300);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private static Config config(Path file) {
    return ConfigReader.read(
        file == null ? null : "prices.file=" + file, new Properties(), Map.of());
  }
}
