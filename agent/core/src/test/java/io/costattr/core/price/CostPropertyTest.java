package io.costattr.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.Log;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds of every cost, whatever the model of the shipped book and the usage. */
class CostPropertyTest {
  private static final PriceBook BOOK = PriceBook.builtIn();
  private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<Meter> METERS = List.of(Meter.values());

  @BeforeContainer
  static void quiet() {
    Log.level(Log.Level.OFF);
  }

  @AfterContainer
  static void loud() {
    Log.level(Log.Level.WARN);
  }

  @Property
  void theLinesAreDisjointAndAddUpToTheCost(
      @ForAll("rows") PriceRow row, @ForAll("quantities") Map<Meter, Long> quantities) {
    Cost cost = BOOK.price(query(row), usage(quantities));

    Set<Meter> seen = new HashSet<>();
    long sum = 0;
    for (Cost.Line line : cost.lines()) {
      assertThat(seen.add(line.meter())).as(cost.toString()).isTrue();
      assertThat(line.quantity()).isEqualTo(quantities.get(line.meter()));
      if (cost.picoUsd() != null) {
        assertThat(line.picoUsd()).isNotNull().isNotNegative();
        sum += line.picoUsd();
      }
    }
    if (cost.picoUsd() != null) {
      assertThat(cost.picoUsd()).isEqualTo(sum);
      assertThat(seen).isEqualTo(quantities.keySet());
    } else {
      assertThat(cost.basis()).isEqualTo(Basis.UNPRICED);
    }
  }

  @Property
  void moreOfAnythingNeverCostsLess(
      @ForAll("rows") PriceRow row,
      @ForAll("quantities") Map<Meter, Long> quantities,
      @ForAll("meters") Meter more,
      @ForAll @LongRange(min = 1, max = 1_000_000) long howMany) {
    Long less = BOOK.price(query(row), usage(quantities)).picoUsd();
    quantities.merge(more, howMany, Long::sum);
    Long most = BOOK.price(query(row), usage(quantities)).picoUsd();

    if (less != null && most != null) {
      assertThat(most).as("%s of %s", quantities, row.id()).isGreaterThanOrEqualTo(less);
    }
  }

  @Provide
  Arbitrary<PriceRow> rows() {
    return Arbitraries.of(
        BOOK.rows().stream().filter(row -> row.inForce(AT.getEpochSecond())).toList());
  }

  @Provide
  Arbitrary<Meter> meters() {
    return Arbitraries.of(METERS);
  }

  /** Mostly of the meters that almost every model has. */
  @Provide
  Arbitrary<Map<Meter, Long>> quantities() {
    Arbitrary<Meter> meter =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.of(Meter.INPUT, Meter.CACHED_INPUT, Meter.OUTPUT)),
            Tuple.of(1, Arbitraries.of(METERS)));
    return Arbitraries.maps(meter, Arbitraries.longs().between(1, 2_000_000))
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(EnumMap::new);
  }

  private static PriceQuery query(PriceRow row) {
    return new PriceQuery(
        row.provider(), false, row.model(), row.model(), row.tier().id(), null, AT, null);
  }

  private static Usage usage(Map<Meter, Long> quantities) {
    Usage.Builder usage = Usage.builder();
    quantities.forEach(usage::set);
    return usage.build();
  }
}
