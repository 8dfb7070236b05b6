package io.costattr.core.price;

import io.costattr.core.price.PriceRow.Confidence;
import io.costattr.core.usage.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Makes a book of a price file, whole or not at all. Runs while the application starts: plain
 * loops, and dates and decimals by hand, because formatters, regular expressions and lambdas would
 * load hundreds of classes.
 */
final class PriceFile implements CsvLines.Taker {
  private static final int MAX_BYTES = 16 << 20;
  private static final String VERSION = "version:";

  private final String name;
  private final List<PriceRow> rows = new ArrayList<>();
  private final List<PriceBook.Alias> aliases = new ArrayList<>();
  private final Map<String, Long> lineOfRow = new HashMap<>();
  private final Map<String, Long> longOverOfModel = new HashMap<>();
  private final Map<String, String> modelOfAlias = new HashMap<>();
  private final Map<String, LocalDate> days = new HashMap<>();
  private String lastSource = "";
  private @Nullable String version;
  private int @Nullable [] positions;
  private int columns;

  private PriceFile(String name) {
    this.name = name;
  }

  static PriceBook read(String name, InputStream in) throws PriceFileException {
    byte[] bytes;
    try {
      bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new PriceFileException(name, "larger than " + MAX_BYTES + " bytes");
      }
    } catch (IOException e) {
      throw new PriceFileException(name, "cannot be read: " + e.getMessage());
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      throw new PriceFileException(name, "not UTF-8 text");
    }
    PriceFile file = new PriceFile(name);
    CsvLines.read(name, text.startsWith("\uFEFF") ? text.substring(1) : text, file);
    if (file.positions == null) {
      throw new PriceFileException(name, "empty: the first line must name the columns");
    }
    String version = file.version;
    if (version == null) {
      // Contents without a name get one of their own, so that an event tells which were used.
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      version = name + "#" + Long.toHexString(checksum.getValue());
    }
    return PriceBook.of(version, file.rows, file.aliases);
  }

  @Override
  public void comment(String text) {
    String said = text.trim();
    if (version == null && said.startsWith(VERSION) && said.length() > VERSION.length()) {
      version = said.substring(VERSION.length()).trim();
    }
  }

  @Override
  public void fields(long number, String[] fields) throws PriceFileException {
    if (positions == null) {
      positions = header(number, fields);
      columns = fields.length;
      return;
    }
    PriceLine line = new PriceLine(name, number, positions, fields);
    if (fields.length != columns) {
      throw line.refused(
          "the header has " + columns + " columns, but this line " + fields.length + " fields");
    }
    row(line);
  }

  private int[] header(long number, String[] names) throws PriceFileException {
    int[] positions = new int[PriceColumn.ALL.length];
    Arrays.fill(positions, -1);
    PriceLine line = new PriceLine(name, number, positions, names);
    for (int i = 0; i < names.length; i++) {
      String said = names[i].trim();
      PriceColumn column = PriceColumn.of(said);
      if (column == null) {
        throw line.refused("no column is called \"" + said + "\"; there are " + PriceColumn.list());
      }
      if (positions[column.ordinal()] >= 0) {
        throw line.refused("column " + said + " stands twice");
      }
      positions[column.ordinal()] = i;
    }
    for (PriceColumn column : PriceColumn.ALL) {
      if (column.required && positions[column.ordinal()] < 0) {
        throw line.refused("column " + column.id + " is missing");
      }
    }
    return positions;
  }

  private void row(PriceLine line) throws PriceFileException {
    String provider = line.required(PriceColumn.PROVIDER);
    String model = line.required(PriceColumn.MODEL);
    Tier tier = tier(line);
    long longOver = longOver(line, provider, model);
    Meter meter = meter(line);
    long per = line.whole(PriceColumn.PER);
    BigDecimal usd = line.decimal(PriceColumn.USD);
    BigDecimal uplift = uplift(line);
    Rate rate;
    Rate regionalRate;
    try {
      rate = Rate.of(usd, per);
      regionalRate = uplift == null ? rate : Rate.of(usd.multiply(uplift), per);
    } catch (ArithmeticException e) {
      throw line.refused("usd " + usd.toPlainString() + " per " + per + " is out of range");
    }
    String firstDay = line.required(PriceColumn.EFFECTIVE_FROM);
    LocalDate from = day(line, PriceColumn.EFFECTIVE_FROM, firstDay);
    LocalDate to = day(line, PriceColumn.EFFECTIVE_TO);
    if (to != null && !from.isBefore(to)) {
      throw line.refused("effective_to " + to + " is not after effective_from " + from);
    }
    String band = longOver > 0 ? "/long/" : "/short/";
    String id = provider + '/' + model + '/' + tier.id() + band + meter.id() + '@' + firstDay;
    Long before = lineOfRow.putIfAbsent(id, line.number());
    if (before != null) {
      throw line.refused("the same row as line " + before + ": " + id);
    }
    aliases(line, provider, model);
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
            source(line),
            day(line, PriceColumn.CHECKED_ON),
            confidence(line),
            line.text(PriceColumn.NOTE)));
  }

  private @Nullable LocalDate day(PriceLine line, PriceColumn column) throws PriceFileException {
    String said = line.text(column);
    return said.isEmpty() ? null : day(line, column, said);
  }

  /** A book has few days on many rows. */
  private LocalDate day(PriceLine line, PriceColumn column, String said) throws PriceFileException {
    LocalDate day = days.get(said);
    if (day == null) {
      day = line.date(column, said);
      days.put(said, day);
    }
    return day;
  }

  private static Tier tier(PriceLine line) throws PriceFileException {
    String said = line.text(PriceColumn.TIER);
    Tier tier = said.isEmpty() ? Tier.STANDARD : Tier.of(said);
    if (tier == null) {
      throw line.notOneOf(PriceColumn.TIER, Tier.values());
    }
    return tier;
  }

  private static Meter meter(PriceLine line) throws PriceFileException {
    try {
      return Meter.of(line.required(PriceColumn.METER));
    } catch (IllegalArgumentException e) {
      throw line.notOneOf(PriceColumn.METER, Meter.values());
    }
  }

  private static Confidence confidence(PriceLine line) throws PriceFileException {
    String said = line.text(PriceColumn.CONFIDENCE);
    Confidence confidence = said.isEmpty() ? Confidence.HIGH : Confidence.of(said);
    if (confidence == null) {
      throw line.notOneOf(PriceColumn.CONFIDENCE, Confidence.values());
    }
    return confidence;
  }

  private static @Nullable BigDecimal uplift(PriceLine line) throws PriceFileException {
    if (line.text(PriceColumn.REGIONAL_UPLIFT).isEmpty()) {
      return null;
    }
    BigDecimal uplift = line.decimal(PriceColumn.REGIONAL_UPLIFT);
    if (uplift.compareTo(BigDecimal.ONE) < 0) {
      throw line.refused(
          "regional_uplift " + uplift.toPlainString() + " is below 1; for 10 % more write 1.1");
    }
    return uplift;
  }

  /** 0 for the short band; for the long one its threshold, of which a model has but one. */
  private long longOver(PriceLine line, String provider, String model) throws PriceFileException {
    String context = line.text(PriceColumn.CONTEXT);
    if (context.isEmpty() || context.equals("short")) {
      if (!line.text(PriceColumn.LONG_CONTEXT_OVER).isEmpty()) {
        throw line.refused("long_context_over is for rows whose context is \"long\"");
      }
      return 0;
    }
    if (!context.equals("long")) {
      throw line.refused("context \"" + context + "\" is not one of short, long");
    }
    long over = line.whole(PriceColumn.LONG_CONTEXT_OVER);
    Long other = longOverOfModel.putIfAbsent(provider + '/' + model, over);
    if (other != null && other != over) {
      throw line.refused(
          "long_context_over " + over + ", but an earlier row of " + model + " has " + other);
    }
    return over;
  }

  private void aliases(PriceLine line, String provider, String model) throws PriceFileException {
    String said = line.text(PriceColumn.ALIASES);
    int start = 0;
    while (start < said.length()) {
      int space = said.indexOf(' ', start);
      int end = space < 0 ? said.length() : space;
      if (end > start) {
        String alias = said.substring(start, end);
        String other = modelOfAlias.putIfAbsent(provider + '/' + alias, model);
        if (other == null) {
          aliases.add(new PriceBook.Alias(provider, alias, model));
        } else if (!other.equals(model)) {
          throw line.refused("alias " + alias + " already stands for " + other);
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
