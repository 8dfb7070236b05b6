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

  private static final long[] NO_NUMBERS = {};
  private static final @Nullable String[] NO_STRINGS = {};

  /** As long as the fields that have been said need: a request says few, and all are first. */
  private long[] numbers = NO_NUMBERS;

  private @Nullable String[] strings = NO_STRINGS;
  private List<Part> parts = List.of();
  private @Nullable Anomaly flaw;

  /** The counts that the usage which is being read has named, where it updates another. */
  private @Nullable BitSet updated;

  private boolean damagedUsage;
  private boolean wholeUsage;

  @Override
  public void number(int field, long value) {
    if (value == ABSENT) {
      damaged(field);
    } else if (Field.of(field).isCount()) {
      count(field, value);
    } else {
      set(field, value);
      strings[field] = null;
    }
  }

  private void room(int field) {
    int length = numbers.length;
    if (field >= length) {
      int wanted =
          field <= Field.LAST_OF_REQUESTS.id() ? Field.LAST_OF_REQUESTS.id() + 1 : Field.COUNT;
      numbers = Arrays.copyOf(numbers, wanted);
      Arrays.fill(numbers, length, wanted, ABSENT);
      strings = Arrays.copyOf(strings, wanted);
    }
  }

  private void set(int field, long value) {
    room(field);
    numbers[field] = value;
  }

  private void set(int field, String value) {
    room(field);
    strings[field] = value;
  }

  private void forget(int field) {
    if (field < numbers.length) {
      numbers[field] = ABSENT;
      strings[field] = null;
    }
  }

  private long numberAt(int field) {
    return field < numbers.length ? numbers[field] : ABSENT;
  }

  private @Nullable String stringAt(int field) {
    return field < strings.length ? strings[field] : null;
  }

  /**
   * Some gateways say a count under both of its names, and mean the one that is not 0. Two that
   * contradict each other are none.
   */
  private void count(int field, long value) {
    long before = numberAt(field);
    BitSet named = updated;
    boolean first = named != null && !named.get(field);
    if (named != null) {
      named.set(field);
    }
    if (first || before == ABSENT || before == 0) {
      set(field, value);
    } else if (value != 0 && value != before) {
      damagedUsage = true;
    }
  }

  @Override
  public void decimal(int field, String token) {
    if (!Field.of(field).isCount()) {
      set(field, token);
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
      set(field, readable(value));
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
      set(field, value ? 1 : 0);
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
      Arrays.fill(numbers, Math.min(field + 1, numbers.length), numbers.length, ABSENT);
      Arrays.fill(strings, Math.min(field + 1, strings.length), strings.length, null);
      beginUsage();
    } else if (field == Field.FINAL_USAGE.id()) {
      beginUsage();
      updated = new BitSet();
    } else if (field == Field.GROUNDING.id()) {
      // Every chunk may tell of the whole look-up again.
      forget(Field.WEB_QUERY.id());
    } else if (field == Field.WEB_QUERY.id() || field == Field.PICTURE.id()) {
      set(field, Math.max(numberAt(field), 0) + 1);
      return;
    }
    set(field, 1);
  }

  /** Takes what another one has been told, too; a usage of its own replaces the one here. */
  final void takeOver(Values other) {
    takeOver(other, 0, Field.USAGE.id());
    takeOverUsage(other);
    flaw = Account.gravest(flaw, other.flaw);
  }

  /** Takes the usage that another one has been told, if any. */
  final void takeOverUsage(Values other) {
    if (other.has(Field.USAGE)) {
      present(Field.USAGE.id());
      damagedUsage = other.damagedUsage;
      wholeUsage = other.wholeUsage;
      parts = other.parts;
    }
    takeOver(other, Field.USAGE.id(), other.numbers.length);
  }

  private void takeOver(Values other, int from, int to) {
    for (int field = from; field < Math.min(to, other.numbers.length); field++) {
      if (other.numbers[field] != ABSENT || other.strings[field] != null) {
        room(field);
        numbers[field] = other.numbers[field];
        strings[field] = other.strings[field];
      }
    }
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
    forget(Field.PART_NAME.id());
    for (int id = Field.PART_PROMPT_TOKENS.id();
        id <= Field.PART_CACHE_WRITE_LONG_TOKENS.id();
        id++) {
      forget(id);
    }
  }

  /** Adds to a number, which is 0 before. */
  final void add(Field field, long more) {
    set(field.id(), numberOrZero(field) + more);
  }

  /** A text, a fraction or a number beyond any long is no count: the usage cannot be trusted. */
  private void damaged(int id) {
    Field field = Field.of(id);
    if (field.isCount()) {
      damagedUsage = true;
    } else if (field.isCharge()) {
      forget(id);
      flaw = Account.gravest(flaw, Anomaly.IMPOSSIBLE_CHARGE);
    }
  }

  boolean has(Field field) {
    return numberAt(field.id()) != ABSENT || stringAt(field.id()) != null;
  }

  boolean isTrue(Field field) {
    return numberAt(field.id()) == 1;
  }

  /** The number, or null when none was said. */
  @Nullable Long number(Field field) {
    long value = numberAt(field.id());
    return value == ABSENT ? null : value;
  }

  /** The number, or 0 when none was said. */
  long numberOrZero(Field field) {
    long value = numberAt(field.id());
    return value == ABSENT ? 0 : value;
  }

  /** The string, a number as its digits; null when neither was said. */
  @Nullable String string(Field field) {
    String value = stringAt(field.id());
    if (value == null && numberAt(field.id()) != ABSENT) {
      return Long.toString(numberAt(field.id()));
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
    for (int i = Field.PROMPT_TOKENS.id(); i < numbers.length; i++) {
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
