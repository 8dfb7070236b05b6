package io.costattr.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The book beside an independent price list, over every model and many usages. Each difference is
 * explained in {@code src/test/oracle/differences.csv}, from which {@code
 * docs/price-differences.md} is made. Needs Node.js and npm; with {@code CI=true} they must be
 * there.
 */
class OracleTest {
  private static final Path ROOT = Path.of(System.getProperty("costattr.test.root"));
  private static final Path PAGE = ROOT.resolve("docs/price-differences.md");
  private static final PriceBook BOOK = PriceBook.builtIn();
  private static final String NOW = "2026-11-23T12:00:00Z";

  /** What is asked of each model that has those meters: a name, an instant and a usage. */
  private static final String[][] CASES = {
    {"plain", NOW, "input=1000 output=500"},
    {"input alone", NOW, "input=1000"},
    {"cached", NOW, "input=400 cached_input=600 output=500"},
    {"written", NOW, "input=100 cached_input=600 cache_write=300 output=500"},
    {"written for an hour", NOW, "input=100 cache_write=200 cache_write_long=300 output=500"},
    {"100,000 tokens", NOW, "input=100000 output=500"},
    {"100,001 tokens", NOW, "input=100001 output=500"},
    {"199,999 tokens", NOW, "input=199999 output=500"},
    {"200,000 tokens", NOW, "input=200000 output=500"},
    {"200,001 tokens", NOW, "input=200001 output=500"},
    {"271,999 tokens", NOW, "input=271999 output=500"},
    {"272,000 tokens", NOW, "input=272000 output=500"},
    {"272,001 tokens", NOW, "input=272001 output=500"},
    {"272,001 tokens, cached", NOW, "input=1 cached_input=272000 output=500"},
    {"audio", NOW, "input=100 audio_input=1000 output=50 audio_output=500"},
    {"audio, cached", NOW, "audio_input=200 cached_audio_input=800 audio_output=200"},
    {"audio in", NOW, "input=100 audio_input=1000 output=50"},
    {"speech", NOW, "input=100 audio_output=500"},
    {"image", NOW, "input=20 image_input=1000 image_output=1372"},
    {"image, cached", NOW, "input=20 cached_input=10 cached_image_input=1000 image_output=1372"},
    {"seconds", NOW, "second=90"},
    {"searches", NOW, "input=2000 output=300 web_search_call=3"},
    {"in June 2025", "2025-06-09T12:00:00Z", "input=1000 cached_input=1000 output=500"},
    {"in July 2026", "2026-07-15T12:00:00Z", "input=1000 cached_input=1000 output=500"},
    {"on 1 August 2026", "2026-08-01T12:00:00Z", "input=1000 cached_input=1000 output=500"},
    {"on 16 August, 18:00", "2026-08-16T18:00:00Z", "input=1000 cached_input=1000 output=500"},
    {"on 1 September, 02:00", "2026-09-01T02:00:00Z", "input=1000 cached_input=1000 output=500"},
    {"on 1 September, 05:00", "2026-09-01T05:00:00Z", "input=1000 cached_input=1000 output=500"},
    {"on Saturday, 02:00", "2026-09-05T02:00:00Z", "input=1000 cached_input=1000 output=500"},
    {"in January 2027", "2027-01-15T12:00:00Z", "input=1000 cached_input=1000 output=500"},
  };

  @Test
  void every_difference_is_explained() throws Exception {
    boolean mustRun = "true".equals(System.getenv("CI"));
    boolean canRun = Oracle.has("node") && Oracle.has("npm");
    assumeTrue(mustRun || canRun, "needs node and npm");
    Oracle oracle;
    try {
      oracle = Oracle.install();
    } catch (IOException e) {
      assumeTrue(mustRun, "npm cannot install the oracle: " + e.getMessage());
      throw e;
    }
    Comparison compared = compare(oracle);
    System.out.println(compared.summary());

    assertThat(compared.unexplained).as("differences without an explanation").isEmpty();
    assertThat(compared.differences).allSatisfy(one -> assertThat(one.examples).isNotEmpty());
    String page = compared.page();
    if ("true".equals(System.getenv("WRITE_DOCS"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("run: WRITE_DOCS=true mvn -pl agent/core test -Dtest=OracleTest")
        .isEqualTo(page);
  }

  private static Comparison compare(Oracle oracle) throws IOException, InterruptedException {
    List<Query> queries = new ArrayList<>();
    List<Usage> usages = new ArrayList<>();
    List<String[]> cases = new ArrayList<>();
    for (String provider : BOOK.providers()) {
      for (String model : models(provider)) {
        for (String[] one : CASES) {
          Query query = Query.answeredBy(model).of(provider, false).on("host.example").at(one[1]);
          Usage usage = Query.usage(one[2]);
          if (hasAll(provider, model, one[1], usage)) {
            queries.add(query);
            usages.add(usage);
            cases.add(one);
          }
        }
      }
    }
    List<@Nullable BigDecimal> answers = oracle.ask(queries, usages);
    Comparison compared = new Comparison(Difference.read());
    for (int i = 0; i < queries.size(); i++) {
      Cost cost = BOOK.price(queries.get(i).build(), usages.get(i));
      compared.add(queries.get(i), cases.get(i)[0], cost.usd(), answers.get(i));
    }
    return compared;
  }

  private static Set<String> models(String provider) {
    Set<String> models = new LinkedHashSet<>();
    for (PriceRow row : BOOK.rows()) {
      if (row.provider().equals(provider) && !row.model().equals(PriceRow.ANY_MODEL)) {
        models.add(row.model());
      }
    }
    return models;
  }

  /**
   * Whether the book has a row of its own for every meter: what it has no price for is not
   * compared, nor cached input that is billed as input.
   */
  private static boolean hasAll(String provider, String model, String at, Usage usage) {
    Set<Meter> meters = EnumSet.noneOf(Meter.class);
    for (String name : List.of(model, PriceRow.ANY_MODEL)) {
      for (PriceRow row : BOOK.rows()) {
        if (row.provider().equals(provider)
            && row.model().equals(name)
            && row.tier() == Tier.STANDARD
            && row.inForce(Instant.parse(at).getEpochSecond())) {
          meters.add(row.meter());
        }
      }
    }
    for (Meter meter : Meter.values()) {
      if (usage.quantity(meter) > 0 && !meters.contains(meter)) {
        return false;
      }
    }
    return true;
  }

  /** An explained difference, by patterns of what it is in. */
  private record Difference(Map<String, String> texts, List<String> examples, Set<String> models) {
    static List<Difference> read() throws IOException {
      List<Difference> all = new ArrayList<>();
      List<String> header = new ArrayList<>();
      try {
        CsvLines.read(
            Files.readString(ROOT.resolve("agent/core/src/test/oracle/differences.csv")),
            new CsvLines.Taker() {
              @Override
              public void comment(String text) {}

              @Override
              public boolean fields(long line, String[] fields) {
                if (header.isEmpty()) {
                  header.addAll(List.of(fields));
                } else {
                  Map<String, String> texts = new LinkedHashMap<>();
                  for (int i = 0; i < fields.length; i++) {
                    texts.put(header.get(i), fields[i]);
                  }
                  all.add(new Difference(texts, new ArrayList<>(), new TreeSet<>()));
                }
                return true;
              }
            });
      } catch (CsvLines.Unreadable e) {
        throw new IOException(e);
      }
      return all;
    }

    String text(String column) {
      return texts.get(column);
    }

    boolean isIn(Query query, String named) {
      return query.provider().matches(text("provider"))
          && String.valueOf(query.responseModel()).matches(text("model"))
          && named.matches(text("case"));
    }
  }

  private static final class Comparison {
    private static final BigDecimal NEGLIGIBLE = new BigDecimal("0.00000000001");

    private final List<Difference> differences;
    private final List<String> unexplained = new ArrayList<>();
    private final Map<String, Set<String>> unknown = new LinkedHashMap<>();
    private final Set<String> models = new LinkedHashSet<>();
    private int compared;
    private int same;

    Comparison(List<Difference> differences) {
      this.differences = differences;
    }

    void add(Query query, String named, BigDecimal ours, @Nullable BigDecimal theirs) {
      String model = query.responseModel();
      if (theirs == null) {
        unknown.computeIfAbsent(query.provider(), key -> new TreeSet<>()).add(model);
        return;
      }
      compared++;
      models.add(query.provider() + model);
      // It computes in binary floating point.
      if (ours.subtract(theirs).abs().compareTo(NEGLIGIBLE) <= 0) {
        same++;
        return;
      }
      String what =
          "`%s` %s: %s here, %s there"
              .formatted(
                  model,
                  named,
                  ours.toPlainString(),
                  theirs.setScale(10, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString());
      for (Difference difference : differences) {
        if (difference.isIn(query, named)) {
          difference.examples.add(what);
          difference.models.add(model);
          return;
        }
      }
      unexplained.add(query.provider() + " " + what);
    }

    String summary() {
      int explained = compared - same - unexplained.size();
      return "price oracle: %d cases of %d models compared, %d the same, %d explained differences, %d unexplained"
          .formatted(compared, models.size(), same, explained, unexplained.size());
    }

    String page() {
      StringBuilder page = new StringBuilder();
      page.append(
          """
          # Price differences

          The price book beside an independent one, `@pydantic/genai-prices` 0.1.8 of 2026-09-23, over a grid of
          models and usages: %d cases of %d models, of which %d come to the same. Every difference is here, with
          who is right and why. Made by `OracleTest` from `agent/core/src/test/oracle/differences.csv`; that test
          fails when a difference is not in it, or no longer there. Compared is the standard tier: the other book
          has no tiers.

          The other book is one of the sources of this one: where it is the only one (confidence
          `single_source`), that both agree says that the arithmetic is right, not the price.

          | difference | models | cases | right | why | for example (USD) |
          |---|---|---|---|---|---|
          """
              .formatted(compared, models.size(), same));
      for (Difference difference : differences) {
        page.append("| ")
            .append(difference.text("id"))
            .append(" | ")
            .append(String.join(", ", difference.models))
            .append(" | ")
            .append(difference.examples.size())
            .append(" | ")
            .append(difference.text("right"))
            .append(" | ")
            .append(difference.text("why"))
            .append(" | ")
            .append(difference.examples.isEmpty() ? "" : difference.examples.get(0))
            .append(" |\n");
      }
      page.append("\n## Not compared\n\nModels of this book that the other does not know:\n\n");
      unknown.forEach(
          (provider, names) ->
              page.append("- ")
                  .append(provider)
                  .append(": ")
                  .append(String.join(", ", names))
                  .append('\n'));
      return page.toString();
    }
  }
}
