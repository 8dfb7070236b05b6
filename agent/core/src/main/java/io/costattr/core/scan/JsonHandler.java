package io.costattr.core.scan;

/**
 * Told by a {@link JsonScanner} what stood at the paths of its {@link JsonShape}, in the order of
 * the document and as soon as it is known: a document that is cut or breaks later has still been
 * reported up to there. A name that occurs twice is reported twice. Every method does nothing until
 * overridden.
 */
public interface JsonHandler {

  /** An integral number that fits a long, at a VALUE path. */
  default void number(int field, long value) {}

  /**
   * Any other number at a VALUE path: with fraction or exponent, or too large for a long.
   *
   * @param token the number as it was written; at most {@link JsonScanner#MAX_STRING} characters
   */
  default void decimal(int field, String token) {}

  /**
   * A string at a VALUE path, unescaped; at most {@link JsonScanner#MAX_STRING} bytes of UTF-8.
   * Bytes that are no UTF-8 and lone surrogates have become U+FFFD.
   */
  default void string(int field, String value) {}

  /** A boolean at a VALUE path. */
  default void bool(int field, boolean value) {}

  /** A null at a VALUE path. */
  default void nul(int field) {}

  /**
   * Some of the string at a TEXT path: unescaped UTF-8, which may be cut between any two bytes. The
   * array may be the application's own: it is valid during the call only and must not be changed.
   */
  default void text(int field, byte[] bytes, int offset, int length) {}

  /** A value that is not null begins at a PRESENCE path; told before all else about that value. */
  default void present(int field) {}

  /** A member's name in the object at a KEYS path. */
  default void key(int field, String name) {}

  /** The object or array at a CLOSE path has ended; told after all else about that value. */
  default void closed(int field) {}

  /**
   * A string or number at a VALUE path, or a name at a KEYS path, was longer than {@link
   * JsonScanner#MAX_STRING} bytes and is not reported: half a model name would be a wrong one.
   */
  default void tooLong(int field) {}
}
