package io.costattr.core.dialect;

import io.costattr.core.scan.JsonHandler;
import io.costattr.core.usage.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values by {@link Field}, the last of each that is not null, and what is wrong with them. A new
 * usage object replaces all of the one before, since some servers report running totals on every
 * chunk. Not thread-safe.
 */
class Values implements JsonHandler {
  private static final long ABSENT = Long.MIN_VALUE;

  /** More tokens than any response has by far, and few enough that sums of them fit a long. */
  private static final long MOST = 1L << 50;

  /** Elements of breakdowns that are kept; no provider sends as many. */
  private static final int MOST_PARTS = 64;

  private final long[] numbers = new long[Field.COUNT];
  private final @Nullable String[] strings = new @Nullable String[Field.COUNT];
  private List<Part> parts = List.of();
  private @Nullable Anomaly flaw;

  /** The counts that the usage which is being read has named, where it updates another. */
  private @Nullable BitSet updated;

  private boolean damagedUsage;
  private boolean wholeUsage;

  Values() {
    Arrays.fill(numbers, ABSENT);
  }

  @Override
  public void number(int field, long value) {
    if (value == ABSENT) {
      damaged(field);
    } else if (Field.of(field).isCount()) {
      count(field, value);
    } else {
      numbers[field] = value;
      strings[field] = null;
    }
  }

  /**
   * Some gateways say a count under both of its names, and mean the one that is not 0. Two that
   * contradict each other are none.
   */
  private void count(int field, long value) {
    long before = numbers[field];
    BitSet named = updated;
    boolean first = named != null && !named.get(field);
    if (named != null) {
      named.set(field);
    }
    if (first || before == ABSENT || before == 0) {
      numbers[field] = value;
    } else if (value != 0 && value != before) {
      damagedUsage = true;
    }
  }

  @Override
  public void decimal(int field, String token) {
    if (!Field.of(field).isCount()) {
      strings[field] = token;
      return;
    }
    // Some servers write every number with a fraction: 17.0 is a count.
    int point = token.indexOf('.');
    if (point > 0 && point < 18 && token.substring(point).matches("\\.0+")) {
      count(field, Long.parseLong(token.substring(0, point)));
    } else {
      damaged(field);
    }
  }

  @Override
  public void string(int field, String value) {
    damaged(field);
    // Azure's first chunk has an empty id and an empty model.
    if (!value.isEmpty() && !Field.of(field).isCharge()) {
      strings[field] = readable(value);
    }
  }

  /** What would forge lines or break labels is replaced, and a name then matches no model. */
  private String readable(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        flaw = Account.gravest(flaw, Anomaly.UNREADABLE_NAME);
        return value.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "\ufffd");
      }
    }
    return value;
  }

  @Override
  public void bool(int field, boolean value) {
    damaged(field);
    if (!Field.of(field).isCharge()) {
      numbers[field] = value ? 1 : 0;
    }
  }

  @Override
  public void tooLong(int field) {
    damaged(field);
    if (Field.of(field).isName()) {
      flaw = Account.gravest(flaw, Anomaly.UNREADABLE_NAME);
    }
  }

  @Override
  public void present(int field) {
    if (field == Field.USAGE.id()) {
      damagedUsage = false;
      Arrays.fill(numbers, field + 1, Field.COUNT, ABSENT);
      Arrays.fill(strings, field + 1, Field.COUNT, null);
      beginUsage();
    } else if (field == Field.FINAL_USAGE.id()) {
      beginUsage();
      updated = new BitSet();
    } else if (field == Field.GROUNDING.id()) {
      // Every chunk may tell of the whole look-up again.
      numbers[Field.WEB_QUERY.id()] = ABSENT;
    } else if (field == Field.WEB_QUERY.id() || field == Field.PICTURE.id()) {
      numbers[field] = Math.max(numbers[field], 0) + 1;
      return;
    }
    numbers[field] = 1;
  }

  private void beginUsage() {
    wholeUsage = false;
    updated = null;
    parts = List.of();
  }

  @Override
  public void closed(int field) {
    if (field == Field.USAGE.id() || field == Field.FINAL_USAGE.id()) {
      wholeUsage = true;
    } else if (Field.of(field).isPart()) {
      part(Field.of(field));
    }
  }

  private void part(Field of) {
    if (parts.isEmpty()) {
      parts = new ArrayList<>();
    }
    if (parts.size() == MOST_PARTS) {
      damagedUsage = true;
      return;
    }
    parts.add(
        new Part(
            of,
            string(Field.PART_NAME),
            numberOrZero(Field.PART_PROMPT_TOKENS),
            numberOrZero(Field.PART_COMPLETION_TOKENS),
            numberOrZero(Field.PART_CACHED_TOKENS),
            numberOrZero(Field.PART_CACHE_WRITE_TOKENS),
            numberOrZero(Field.PART_CACHE_WRITE_LONG_TOKENS)));
    strings[Field.PART_NAME.id()] = null;
    Arrays.fill(
        numbers,
        Field.PART_PROMPT_TOKENS.id(),
        Field.PART_CACHE_WRITE_LONG_TOKENS.id() + 1,
        ABSENT);
  }

  /** Adds to a number, which is 0 before. */
  final void add(Field field, long more) {
    numbers[field.id()] = numberOrZero(field) + more;
  }

  /** A text, a fraction or a number beyond any long is no count: the usage cannot be trusted. */
  private void damaged(int id) {
    Field field = Field.of(id);
    if (field.isCount()) {
      damagedUsage = true;
    } else if (field.isCharge()) {
      numbers[id] = ABSENT;
      strings[id] = null;
      flaw = Account.gravest(flaw, Anomaly.IMPOSSIBLE_CHARGE);
    }
  }

  boolean has(Field field) {
    return numbers[field.id()] != ABSENT || strings[field.id()] != null;
  }

  boolean isTrue(Field field) {
    return numbers[field.id()] == 1;
  }

  /** The number, or null when none was said. */
  @Nullable Long number(Field field) {
    long value = numbers[field.id()];
    return value == ABSENT ? null : value;
  }

  /** The number, or 0 when none was said. */
  long numberOrZero(Field field) {
    long value = numbers[field.id()];
    return value == ABSENT ? 0 : value;
  }

  /** The string, a number as its digits; null when neither was said. */
  @Nullable String string(Field field) {
    String value = strings[field.id()];
    if (value == null && numbers[field.id()] != ABSENT) {
      return Long.toString(numbers[field.id()]);
    }
    return value;
  }

  /** The number at that field, however it was written; null when none was said. */
  @Nullable BigDecimal decimal(Field field) {
    String token = string(field);
    try {
      return token == null ? null : new BigDecimal(token);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The elements of the last usage's breakdowns. */
  List<Part> parts() {
    return parts;
  }

  /** The provider's own counts, as sent. */
  Usage.Reported reported() {
    return new Usage.Reported(
        number(Field.PROMPT_TOKENS),
        number(Field.COMPLETION_TOKENS),
        number(Field.REASONING_TOKENS),
        number(Field.CACHED_TOKENS),
        number(Field.CACHE_WRITE_TOKENS),
        number(Field.AUDIO_INPUT_TOKENS),
        number(Field.AUDIO_OUTPUT_TOKENS),
        number(Field.IMAGE_INPUT_TOKENS),
        number(Field.IMAGE_OUTPUT_TOKENS));
  }

  /** What is wrong with single values; null when nothing is. */
  @Nullable Anomaly flaw() {
    return flaw;
  }

  /** The provider's error code, else its error type, else {@code error}; null without an error. */
  @Nullable String errorCode() {
    if (!has(Field.ERROR)) {
      return null;
    }
    String code = string(Field.ERROR_CODE);
    if (code == null) {
      code = string(Field.ERROR_TYPE);
    }
    return code != null ? code : "error";
  }

  /** Whether every count that is not null is a whole number, none negative, none beyond reason. */
  boolean hasSoundCounts() {
    if (damagedUsage) {
      return false;
    }
    for (int i = Field.PROMPT_TOKENS.id(); i < Field.COUNT; i++) {
      if (numbers[i] != ABSENT && !isSound(numbers[i])) {
        return false;
      }
    }
    for (Part part : parts) {
      if (!isSound(part.promptTokens())
          || !isSound(part.completionTokens())
          || !isSound(part.cachedTokens())
          || !isSound(part.cacheWriteTokens())
          || !isSound(part.cacheWriteLongTokens())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a count can be: not negative, and not beyond reason. */
  static boolean isSound(long count) {
    return count >= 0 && count <= MOST;
  }

  /**
   * Whether the last usage came whole, and every count in it that is not null is a whole number.
   * Half a usage would be a wrong one.
   */
  boolean hasSoundUsage() {
    return wholeUsage && !damagedUsage;
  }
}
