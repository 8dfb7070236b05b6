package io.costattr.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrecedenceTest {

  /** Every source that says anything, weaker ones to the right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "API ANNOTATION BAGGAGE RULE ROUTE JOB DEFAULT | API",
        "ANNOTATION BAGGAGE RULE ROUTE JOB DEFAULT     | ANNOTATION",
        "BAGGAGE RULE ROUTE JOB DEFAULT                | BAGGAGE",
        "RULE ROUTE JOB DEFAULT                        | RULE",
        "ROUTE JOB DEFAULT                             | ROUTE",
        "JOB DEFAULT                                   | JOB",
        "DEFAULT                                       | DEFAULT",
        "API DEFAULT                                   | API",
        "ANNOTATION RULE                               | ANNOTATION",
        "BAGGAGE ROUTE                                 | BAGGAGE",
        "RULE JOB                                      | RULE"
      })
  void theFirstInTheOrderCountsWhoeverSpeaksFirst(String speaking, Source counting) {
    List<Source> sources =
        new ArrayList<>(Stream.of(speaking.split(" ")).map(Source::valueOf).toList());
    for (int order = 0; order < 20; order++) {
      Collections.shuffle(sources, new Random(order));
      Precedence precedence = new Precedence();
      for (Source source : sources) {
        precedence.says(source, all(source));
      }

      Attribution counts = precedence.counts();

      for (Dimension dimension : Dimension.values()) {
        assertThat(counts.value(dimension)).isEqualTo(counting.id());
        assertThat(counts.sources().of(dimension)).isEqualTo(counting);
      }
      assertThat(counts.tags()).containsEntry("tag", counting.id());
    }
  }

  @Test
  void itHoldsForEachDimensionAndEachTagByItself() {
    Precedence precedence = new Precedence();
    precedence.says(
        Source.DEFAULT,
        new Attribution("d", "d", "d", "d", "d", null, Map.of("x", "d", "y", "d", "z", "d"))
            .from(Source.DEFAULT));
    precedence.says(
        Source.ROUTE,
        new Attribution(null, "/r", null, null, null, null, Map.of()).from(Source.ROUTE));
    precedence.says(
        Source.BAGGAGE,
        new Attribution("b", null, "b", null, null, null, Map.of("x", "b", "y", "b"))
            .from(Source.BAGGAGE));
    precedence.says(
        Source.API, new Attribution("a", null, null, null, null, "r-1", Map.of("x", "a")));

    Attribution counts = precedence.counts();

    assertThat(counts)
        .usingRecursiveComparison()
        .ignoringFields("sources")
        .isEqualTo(
            new Attribution("a", "/r", "b", "d", "d", "r-1", Map.of("x", "a", "y", "b", "z", "d")));
    assertThat(counts.sources().toString())
        .isEqualTo(
            "Sources[feature=api, route=route, customer_id=baggage, team=default,"
                + " environment=default]");
  }

  @ParameterizedTest
  @EnumSource(value = Source.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whatIsBlankIsNotSaid(Source source) {
    Precedence precedence = new Precedence();
    precedence.says(Source.API, new Attribution(" ", "", null, "\t", "\n", null, Map.of()));
    precedence.says(source, all(source));

    assertThat(precedence.counts().sources()).isEqualTo(all(source).sources());
  }

  @Test
  void ofOneSourceWhatItSaidFirstStays() {
    Precedence precedence = new Precedence();
    precedence.says(
        Source.RULE,
        new Attribution("1", null, null, null, null, null, Map.of()).from(Source.RULE));
    precedence.says(
        Source.RULE, new Attribution("2", "2", null, null, null, null, Map.of()).from(Source.RULE));

    assertThat(precedence.counts().feature()).isEqualTo("1");
    assertThat(precedence.counts().route()).isEqualTo("2");
  }

  @Test
  void whenNobodySaysAnythingNobodyIsTheSource() {
    assertThat(new Precedence().counts()).isSameAs(Attribution.NONE);
    for (Dimension dimension : Dimension.values()) {
      assertThat(Attribution.NONE.sources().of(dimension)).isEqualTo(Source.NONE);
    }
  }

  private static Attribution all(Source source) {
    String id = source.id();
    return new Attribution(id, id, id, id, id, null, Map.of("tag", id)).from(source);
  }
}
