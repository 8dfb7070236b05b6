package io.costattr.report;

/** What was to be read cannot be; the message says why to the user. */
final class BadInput extends Exception {
  private static final long serialVersionUID = 1L;

  BadInput(String message) {
    super(message);
  }
}
