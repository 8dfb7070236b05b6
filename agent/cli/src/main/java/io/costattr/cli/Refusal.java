package io.costattr.cli;

/** The command cannot do what it was asked; the message says why to the user. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }
}
