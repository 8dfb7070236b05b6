package io.costattr.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked examples of {@code docs/prices.md} come out as they are printed there. */
class WorkedExamplesTest {
  private static final Pattern EXAMPLE = Pattern.compile("<!-- cost: (.*) -->\n```\n([^`]*)```");
  private static final Pattern LINE =
      Pattern.compile("(\\w+) +(\\d+) x \\$([\\d.]+) per (\\d+) = \\$([\\d.]+)");

  @Test
  void there_are_three() throws IOException {
    assertThat(examples()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_is_what_the_book_says(String call, String printed) {
    Map<String, String> said = new HashMap<>();
    StringBuilder usage = new StringBuilder();
    for (String part : call.split(" ")) {
      String[] pair = part.split("=");
      if (List.of("provider", "model", "tier", "host", "at").contains(pair[0])) {
        said.put(pair[0], pair[1]);
      } else {
        usage.append(usage.isEmpty() ? "" : " ").append(part);
      }
    }
    Cost cost =
        Query.answeredBy(said.get("model"))
            .of(said.get("provider"), true)
            .served(said.get("tier"))
            .on(said.get("host"))
            .at(said.get("at"))
            .price(PriceBook.builtIn(), usage.toString());

    List<String> lines = printed.lines().toList();
    assertThat(lines).hasSize(cost.lines().size() + 1);
    for (int i = 0; i < cost.lines().size(); i++) {
      Cost.Line line = cost.lines().get(i);
      Matcher found = LINE.matcher(lines.get(i));
      assertThat(found.matches()).as(lines.get(i)).isTrue();
      assertThat(found.group(1)).isEqualTo(line.meter().id());
      assertThat(found.group(2)).isEqualTo(String.valueOf(line.quantity()));
      assertThat(new BigDecimal(found.group(3))).isEqualByComparingTo(line.usdPer());
      assertThat(found.group(4)).isEqualTo(String.valueOf(line.per()));
      assertThat(new BigDecimal(found.group(5))).isEqualByComparingTo(Cost.usd(line.picoUsd()));
    }
    assertThat(lines.get(lines.size() - 1)).isEqualTo("total $" + cost.usd().toPlainString());
  }

  static Stream<String[]> examples() throws IOException {
    Path page = Path.of(System.getProperty("costattr.test.root"), "docs", "prices.md");
    return EXAMPLE
        .matcher(Files.readString(page))
        .results()
        .map(found -> new String[] {found.group(1), found.group(2)});
  }
}
