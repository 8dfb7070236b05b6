package io.costattr.core.amend;

/**
 * Hands on a body's bytes as they come, but for what it takes out. Not thread-safe: calls may come
 * from different threads when each happens before the next. Never throws on any content.
 */
public interface BodyFilter {

  /** Takes what is left of a body. */
  @FunctionalInterface
  interface Output {
    /** The array may change after the call. */
    void write(byte[] bytes, int offset, int length);
  }

  /** The next bytes of the body. What is not handed on at once is kept for the next call. */
  void accept(byte[] bytes, int offset, int length, Output out);

  /** The body has come to its end: what is still kept is handed on. */
  void end(Output out);
}
