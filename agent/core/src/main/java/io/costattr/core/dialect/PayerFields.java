package io.costattr.core.dialect;

import io.costattr.core.scan.JsonShape;

/**
 * The fields of OpenAI's requests in which an application may say who pays, and which the answers
 * of some endpoints repeat: {@code metadata}, {@code user} and {@code safety_identifier}. Only
 * strings count. Not thread-safe.
 */
public final class PayerFields {
  private static final String METADATA = "metadata.";
  private static final String USER = "user";
  private static final String SAFETY_IDENTIFIER = "safety_identifier";

  /** Behind those of a reading, and of the usage beside its own. */
  private static final int FIRST = 2 * Field.COUNT;

  private static final int METADATA_KEY = FIRST;
  private static final int METADATA_VALUE = FIRST + 1;
  private static final int USER_VALUE = FIRST + 2;
  private static final int SAFETY_IDENTIFIER_VALUE = FIRST + 3;

  private final Taker taker;
  private String member = "";

  /** Takes those fields, of one body after the other. */
  public interface Taker {
    /**
     * The body has such a field.
     *
     * @param name {@code metadata.KEY}, {@code user} or {@code safety_identifier}
     */
    void field(String name, String value);

    /** As {@link #field}, of one that is too long to be read. */
    void tooLong(String name);
  }

  public PayerFields(Taker taker) {
    this.taker = taker;
  }

  /**
   * Asks for them.
   *
   * @param at the path of the body, with a dot behind it
   */
  static void ask(JsonShape.Builder shape, String at) {
    shape
        .members(at + METADATA + "*", METADATA_KEY, METADATA_VALUE)
        .value(at + USER, USER_VALUE)
        .value(at + SAFETY_IDENTIFIER, SAFETY_IDENTIFIER_VALUE);
  }

  /** Whether a scanner tells of one of them. */
  public static boolean isOne(int field) {
    return field >= FIRST;
  }

  /** The name of a member of {@code metadata}, whose value comes next. */
  public void key(String name) {
    member = METADATA + name;
  }

  /** As {@link io.costattr.core.scan.JsonHandler#string}, of a field that {@link #isOne}. */
  public void string(int field, String value) {
    taker.field(name(field), value);
  }

  /** As {@link io.costattr.core.scan.JsonHandler#tooLong}, of a field that {@link #isOne}. */
  public void tooLong(int field) {
    // A name as long as that is none that anybody asks for.
    if (field != METADATA_KEY) {
      taker.tooLong(name(field));
    }
  }

  private String name(int field) {
    if (field == USER_VALUE) {
      return USER;
    }
    return field == SAFETY_IDENTIFIER_VALUE ? SAFETY_IDENTIFIER : member;
  }
}
