package io.costattr.core.dialect;

import io.costattr.core.scan.JsonHandler;
import io.costattr.core.scan.TextSample;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one request or one response has said so far, by {@link Field}: the last value that is not
 * null. A new usage object replaces all of the one before, since some servers report running totals
 * on every chunk. Not thread-safe; handed from thread to thread.
 */
public final class Reading implements JsonHandler {
  private static final long ABSENT = Long.MIN_VALUE;

  private final long[] numbers = new long[Field.COUNT];
  private final @Nullable String[] strings = new @Nullable String[Field.COUNT];
  private final TextSample text = new TextSample();
  private boolean damagedUsage;
  private boolean wholeUsage;
  private boolean sealed;

  public Reading() {
    Arrays.fill(numbers, ABSENT);
  }

  @Override
  public void number(int field, long value) {
    if (sealed) {
      return;
    }
    if (value == ABSENT) {
      damaged(field);
    } else if (Field.of(field).isUsage()) {
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
    if (before == ABSENT || before == 0) {
      numbers[field] = value;
    } else if (value != 0 && value != before) {
      damagedUsage = true;
    }
  }

  @Override
  public void decimal(int field, String token) {
    if (sealed) {
      return;
    }
    if (Field.of(field).isUsage()) {
      damaged(field);
    } else {
      strings[field] = token;
    }
  }

  @Override
  public void string(int field, String value) {
    if (sealed) {
      return;
    }
    damaged(field);
    // Azure's first chunk has an empty id and an empty model.
    if (!value.isEmpty()) {
      strings[field] = value;
    }
  }

  @Override
  public void bool(int field, boolean value) {
    if (sealed) {
      return;
    }
    damaged(field);
    numbers[field] = value ? 1 : 0;
  }

  @Override
  public void tooLong(int field) {
    if (!sealed) {
      damaged(field);
    }
  }

  @Override
  public void present(int field) {
    if (sealed) {
      return;
    }
    numbers[field] = 1;
    if (field == Field.USAGE.id()) {
      damagedUsage = false;
      wholeUsage = false;
      Arrays.fill(numbers, Field.USAGE.id() + 1, Field.COUNT, ABSENT);
    }
  }

  @Override
  public void closed(int field) {
    if (!sealed && field == Field.USAGE.id()) {
      wholeUsage = true;
    }
  }

  @Override
  public void text(int field, byte[] bytes, int offset, int length) {
    if (!sealed) {
      text.append(bytes, offset, length);
    }
  }

  /** What comes from now on is not taken: clients stop listening at the end of a stream too. */
  public void seal() {
    sealed = true;
  }

  /** A text, a fraction or a number beyond any long is no count: the usage cannot be trusted. */
  private void damaged(int field) {
    if (Field.of(field).isUsage()) {
      damagedUsage = true;
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

  /**
   * Whether the last usage came whole, and every count in it that is not null is a whole number.
   * Half a usage would be a wrong one.
   */
  boolean hasSoundUsage() {
    return wholeUsage && !damagedUsage;
  }

  /** The texts that passed, for counting tokens where the provider reports none. */
  public TextSample text() {
    return text;
  }
}
