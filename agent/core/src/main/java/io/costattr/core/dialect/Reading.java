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

  public Reading() {
    Arrays.fill(numbers, ABSENT);
  }

  @Override
  public void number(int field, long value) {
    if (value == ABSENT) {
      damaged(field);
    } else {
      numbers[field] = value;
    }
  }

  @Override
  public void decimal(int field, String token) {
    if (Field.of(field).isUsage()) {
      damaged(field);
    } else {
      strings[field] = token;
    }
  }

  @Override
  public void string(int field, String value) {
    // Azure's first chunk has an empty id and an empty model.
    if (!value.isEmpty()) {
      strings[field] = value;
    }
  }

  @Override
  public void bool(int field, boolean value) {
    numbers[field] = value ? 1 : 0;
  }

  @Override
  public void present(int field) {
    numbers[field] = 1;
    if (field == Field.USAGE.id()) {
      damagedUsage = false;
      Arrays.fill(numbers, Field.USAGE.id() + 1, Field.COUNT, ABSENT);
    }
  }

  @Override
  public void text(int field, byte[] bytes, int offset, int length) {
    text.append(bytes, offset, length);
  }

  /** A count with a fraction or beyond any long is no count: the usage cannot be trusted. */
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

  /** Whether the usage holds a number that is no token count. */
  boolean hasDamagedUsage() {
    return damagedUsage;
  }

  /** Whether a usage was reported that can be believed: then no text needs to be counted. */
  public boolean hasUsage() {
    return numbers[Field.USAGE.id()] != ABSENT && !damagedUsage;
  }

  /** The texts that passed, for counting tokens where the provider reports none. */
  public TextSample text() {
    return text;
  }
}
