package io.costattr.core.price;

import io.costattr.core.price.PriceRow.Confidence;
import io.costattr.core.usage.Meter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the lines of a price file. Runs while the application starts: plain loops, and
 * dates and decimals by hand, because formatters, regular expressions and lambdas would load
 * hundreds of classes.
 */
final class RowReader {
  private static final int SECONDS_PER_DAY = 86_400;
  private static final String MIDNIGHT = "T00:00Z";

  private final int[] positions;
  private final int columns;
  private final List<PriceFault> faults;
  private final List<PriceRow> rows = new ArrayList<>();
  private final List<Layer.Alias> aliases = new ArrayList<>();
  private final Map<String, Long> lineOfRow = new HashMap<>();
  private final Map<String, Long> longOverOfModel = new HashMap<>();
  private final Map<String, String> modelOfAlias = new HashMap<>();
  private final Map<String, LocalDate> days = new HashMap<>();
  private final Map<String, Instant> instants = new HashMap<>();
  private String lastSource = "";

  /**
   * @param positions where each column stands, see {@link #positions}
   * @param columns how many there are
   * @param faults where it is noted what is wrong; a line with a fault makes no row
   */
  RowReader(int[] positions, int columns, List<PriceFault> faults) {
    this.positions = positions;
    this.columns = columns;
    this.faults = faults;
  }

  List<PriceRow> rows() {
    return rows;
  }

  List<Layer.Alias> aliases() {
    return aliases;
  }

  /** Where each column stands by its ordinal, -1 for none; null when the header has a fault. */
  static int @Nullable [] positions(long number, String[] names, List<PriceFault> faults) {
    int[] positions = new int[PriceColumn.ALL.length];
    Arrays.fill(positions, -1);
    PriceLine line = new PriceLine(number, positions, names, faults);
    for (int i = 0; i < names.length; i++) {
      String said = names[i].trim();
      PriceColumn column = PriceColumn.of(said);
      if (column == null) {
        line.refuse("no column is called \"" + said + "\"; there are " + PriceColumn.list());
      } else if (positions[column.ordinal()] >= 0) {
        line.refuse("column " + said + " stands twice");
      } else {
        positions[column.ordinal()] = i;
      }
    }
    for (PriceColumn column : PriceColumn.ALL) {
      if (column.required && positions[column.ordinal()] < 0) {
        line.refuse("column " + column.id + " is missing");
      }
    }
    return line.isGood() ? positions : null;
  }

  /** Reads a line behind the header. */
  void read(long number, String[] fields) {
    PriceLine line = new PriceLine(number, positions, fields, faults);
    if (fields.length != columns) {
      line.refuse(
          "the header has " + columns + " columns, but this line " + fields.length + " fields");
      return;
    }
    String provider = line.required(PriceColumn.PROVIDER);
    String model = line.required(PriceColumn.MODEL);
    Tier tier = tier(line);
    long longOver = longOver(line, provider, model);
    Meter meter = meter(line);
    long per = line.whole(PriceColumn.PER);
    BigDecimal usd = line.decimal(PriceColumn.USD);
    BigDecimal uplift = uplift(line);
    String since = line.required(PriceColumn.EFFECTIVE_FROM);
    Instant from = since.isEmpty() ? null : instant(line, PriceColumn.EFFECTIVE_FROM, since);
    String until = line.text(PriceColumn.EFFECTIVE_TO);
    Instant to = until.isEmpty() ? null : instant(line, PriceColumn.EFFECTIVE_TO, until);
    if (from != null && to != null && !from.isBefore(to)) {
      line.refuse("effective_to " + until + " is not after effective_from " + since);
    }
    Hours hours = hours(line);
    String checked = line.text(PriceColumn.CHECKED_ON);
    LocalDate checkedOn = checked.isEmpty() ? null : day(line, PriceColumn.CHECKED_ON, checked);
    Confidence confidence = confidence(line);
    if (tier == null || meter == null || usd == null || per == 0 || from == null) {
      return;
    }
    Rate rate = rate(line, usd, per);
    Rate regionalRate =
        uplift == null || rate == null ? rate : rate(line, usd.multiply(uplift), per);
    String id = id(provider, model, tier, longOver, meter, hours, since);
    if (line.isGood()) {
      Long before = lineOfRow.putIfAbsent(id, line.number());
      if (before != null) {
        line.refuse("the same row as line " + before + ": " + id);
      }
    }
    aliases(line, provider, model);
    if (!line.isGood() || rate == null || regionalRate == null || confidence == null) {
      return;
    }
    rows.add(
        new PriceRow(
            id,
            provider,
            model,
            tier,
            longOver,
            meter,
            rate,
            regionalRate,
            from,
            to,
            hours,
            source(line),
            checkedOn,
            confidence,
            line.text(PriceColumn.NOTE)));
  }

  private static String id(
      String provider,
      String model,
      Tier tier,
      long longOver,
      Meter meter,
      @Nullable Hours hours,
      String since) {
    String band = longOver > 0 ? "/long/" : "/short/";
    String window = hours == null ? "" : '/' + hours.toString().replace(' ', '_');
    String start = since.endsWith(MIDNIGHT) ? since.substring(0, 10) : since;
    return provider + '/' + model + '/' + tier.id() + band + meter.id() + window + '@' + start;
  }

  private static @Nullable Rate rate(PriceLine line, BigDecimal usd, long per) {
    try {
      return Rate.of(usd, per);
    } catch (ArithmeticException e) {
      line.refuse("usd " + usd.toPlainString() + " per " + per + " is out of range");
      return null;
    }
  }

  /** A book has few days on many rows. */
  private @Nullable LocalDate day(PriceLine line, PriceColumn column, String said) {
    LocalDate day = days.get(said);
    if (day == null) {
      day = line.date(column, said);
      if (day != null) {
        days.put(said, day);
      }
    }
    return day;
  }

  private @Nullable Instant instant(PriceLine line, PriceColumn column, String said) {
    Instant instant = instants.get(said);
    if (instant != null) {
      return instant;
    }
    int second = PriceLine.secondOfDay(said);
    if (second < 0 && said.indexOf('T') == 10) {
      line.refuse(column.id + " \"" + said + "\" is not an instant like 2026-11-23T16:00Z");
      return null;
    }
    LocalDate day = day(line, column, second < 0 ? said : said.substring(0, 10));
    if (day == null) {
      return null;
    }
    instant = Instant.ofEpochSecond(day.toEpochDay() * SECONDS_PER_DAY + second);
    instants.put(said, instant);
    return instant;
  }

  private static @Nullable Hours hours(PriceLine line) {
    String said = line.text(PriceColumn.HOURS_UTC);
    Hours hours = said.isEmpty() ? null : Hours.of(said);
    if (hours == null && !said.isEmpty()) {
      line.refuse(
          PriceColumn.HOURS_UTC.id
              + " \""
              + said
              + "\" is not a window like 01:00-04:00 or mon-fri 01:00-04:00");
    }
    return hours;
  }

  private static @Nullable Tier tier(PriceLine line) {
    String said = line.text(PriceColumn.TIER);
    Tier tier = said.isEmpty() ? Tier.STANDARD : Tier.of(said);
    if (tier == null) {
      line.notOneOf(PriceColumn.TIER, Tier.values());
    }
    return tier;
  }

  private static @Nullable Meter meter(PriceLine line) {
    String said = line.required(PriceColumn.METER);
    try {
      return said.isEmpty() ? null : Meter.of(said);
    } catch (IllegalArgumentException e) {
      line.notOneOf(PriceColumn.METER, Meter.values());
      return null;
    }
  }

  private static @Nullable Confidence confidence(PriceLine line) {
    String said = line.text(PriceColumn.CONFIDENCE);
    Confidence confidence = said.isEmpty() ? Confidence.HIGH : Confidence.of(said);
    if (confidence == null) {
      line.notOneOf(PriceColumn.CONFIDENCE, Confidence.values());
    }
    return confidence;
  }

  private static @Nullable BigDecimal uplift(PriceLine line) {
    if (line.text(PriceColumn.REGIONAL_UPLIFT).isEmpty()) {
      return null;
    }
    BigDecimal uplift = line.decimal(PriceColumn.REGIONAL_UPLIFT);
    if (uplift != null && uplift.compareTo(BigDecimal.ONE) < 0) {
      line.refuse(
          "regional_uplift " + uplift.toPlainString() + " is below 1; for 10 % more write 1.1");
      return null;
    }
    return uplift;
  }

  /** 0 for the short band; for the long one its threshold, of which a model has but one. */
  private long longOver(PriceLine line, String provider, String model) {
    String context = line.text(PriceColumn.CONTEXT);
    if (context.isEmpty() || context.equals("short")) {
      if (!line.text(PriceColumn.LONG_CONTEXT_OVER).isEmpty()) {
        line.refuse("long_context_over is for rows whose context is \"long\"");
      }
      return 0;
    }
    if (!context.equals("long")) {
      line.refuse("context \"" + context + "\" is not one of short, long");
      return 0;
    }
    long over = line.whole(PriceColumn.LONG_CONTEXT_OVER);
    Long other = over == 0 ? null : longOverOfModel.putIfAbsent(provider + '/' + model, over);
    if (other != null && other != over) {
      line.refuse(
          "long_context_over " + over + ", but an earlier row of " + model + " has " + other);
    }
    return over;
  }

  private void aliases(PriceLine line, String provider, String model) {
    String said = line.text(PriceColumn.ALIASES);
    int start = 0;
    while (start < said.length()) {
      int space = said.indexOf(' ', start);
      int end = space < 0 ? said.length() : space;
      if (end > start) {
        String alias = said.substring(start, end);
        String other = modelOfAlias.putIfAbsent(provider + '/' + alias, model);
        if (other == null) {
          aliases.add(new Layer.Alias(provider, alias, model));
        } else if (!other.equals(model)) {
          line.refuse("alias " + alias + " already stands for " + other);
        }
      }
      start = end + 1;
    }
  }

  /** Rows of a model share their source: keep it once. */
  private String source(PriceLine line) {
    String said = line.text(PriceColumn.SOURCE);
    if (!said.equals(lastSource)) {
      lastSource = said;
    }
    return lastSource;
  }
}
