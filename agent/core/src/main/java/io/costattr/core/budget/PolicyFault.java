package io.costattr.core.budget;

/** A policy that cannot be used; the message names the file, the line, and what is allowed. */
final class PolicyFault extends Exception {
  private static final long serialVersionUID = 1L;

  PolicyFault(String message) {
    super(message);
  }
}
