package io.costattr.core.dialect;

import io.costattr.core.scan.TextSample;
import org.jspecify.annotations.Nullable;

/**
 * What one request or one response has said so far: its values, those of a usage beside its own,
 * what the provider's tools did, and samples of its texts. Not thread-safe; handed from thread to
 * thread.
 */
public final class Reading extends Values {
  private final TextSample text = new TextSample();
  private @Nullable Tools tools;
  private @Nullable Values beside;
  private boolean whole;
  private boolean granted;
  private boolean sealed;

  @Override
  public void number(int field, long value) {
    if (takes(field)) {
      super.number(field, value);
    } else if (!sealed) {
      beside().number(field - Field.COUNT, value);
    }
  }

  @Override
  public void decimal(int field, String token) {
    if (takes(field)) {
      super.decimal(field, token);
    } else if (!sealed) {
      beside().decimal(field - Field.COUNT, token);
    }
  }

  @Override
  public void string(int field, String value) {
    if (!takes(field)) {
      if (!sealed) {
        beside().string(field - Field.COUNT, value);
      }
    } else if (Field.of(field).isTool()) {
      tools().said(Field.of(field), value);
    } else {
      super.string(field, value);
    }
  }

  @Override
  public void bool(int field, boolean value) {
    if (takes(field)) {
      super.bool(field, value);
    } else if (!sealed) {
      beside().bool(field - Field.COUNT, value);
    }
  }

  @Override
  public void tooLong(int field) {
    if (takes(field)) {
      super.tooLong(field);
    } else if (!sealed) {
      beside().tooLong(field - Field.COUNT);
    }
  }

  @Override
  public void present(int field) {
    if (!takes(field)) {
      if (!sealed) {
        beside().present(field - Field.COUNT);
      }
      return;
    }
    if (field == Field.ANSWER.id() && tools != null) {
      // What follows lists all that ran, and what had been told of it before is part of that.
      tools.forget();
    }
    super.present(field);
  }

  @Override
  public void closed(int field) {
    if (!takes(field)) {
      if (!sealed) {
        beside().closed(field - Field.COUNT);
      }
    } else if (field == Field.ITEM.id()) {
      tools().itemEnded();
    } else {
      super.closed(field);
    }
  }

  @Override
  public void text(int field, byte[] bytes, int offset, int length) {
    if (sealed) {
      return;
    }
    if (field == Field.SPOKEN.id()) {
      add(Field.SPOKEN, characters(bytes, offset, length));
    } else {
      text.append(bytes, offset, length);
    }
  }

  /** Every byte of UTF-8 but those that continue a character. */
  private static int characters(byte[] bytes, int offset, int length) {
    int characters = 0;
    for (int i = offset; i < offset + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        characters++;
      }
    }
    return characters;
  }

  /**
   * Takes what another one has been told, too, as if it had been told here after all before; texts
   * stay where they are.
   */
  public void add(Reading other) {
    takeOver(other);
    if (tools != null && other.has(Field.ANSWER)) {
      tools.forget();
    }
    if (other.tools != null) {
      tools().add(other.tools);
    }
    if (other.beside != null) {
      beside().takeOver(other.beside);
    }
  }

  /** Takes the usage that another one has been told, if any. */
  public void addUsage(Reading other) {
    takeOverUsage(other);
  }

  /** Whether a value is one of this body's own, and still of interest. */
  private boolean takes(int field) {
    return !sealed && field < Field.COUNT;
  }

  private Tools tools() {
    Tools known = tools;
    if (known == null) {
      known = new Tools();
      tools = known;
    }
    return known;
  }

  private Values beside() {
    Values known = beside;
    if (known == null) {
      known = new Values();
      beside = known;
    }
    return known;
  }

  /** What was told of the provider's own tools; null when nothing was. */
  @Nullable Tools toolsTold() {
    return tools;
  }

  /** The usage beside the response's own, of another model; null when there is none. */
  @Nullable Values besideTold() {
    return beside;
  }

  /** What comes from now on is not taken: clients stop listening at the end of a stream too. */
  public void seal() {
    sealed = true;
  }

  /** All of it has been read. */
  public void finish() {
    whole = true;
  }

  /** Whether all of it has been read, so that what it does not say was not said. */
  boolean isWhole() {
    return whole;
  }

  /** It is the response to a request that was granted, by its status. */
  public void grant() {
    granted = true;
  }

  /** Whether it is the response to a request that was granted, so that it is billed. */
  boolean isGranted() {
    return granted;
  }

  /** Whether the end of the stream has been seen. */
  boolean isSealed() {
    return sealed;
  }

  /** The texts that passed, for counting tokens where the provider reports none. */
  public TextSample text() {
    return text;
  }
}
