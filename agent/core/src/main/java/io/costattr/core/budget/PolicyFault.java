package io.costattr.core.budget;

/** A policy that cannot be used; the message names the file, the line, and what is allowed. */
final class PolicyFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isNoYaml;

  PolicyFault(String message) {
    this(message, false);
  }

  private PolicyFault(String message, boolean isNoYaml) {
    super(message);
    this.isNoYaml = isNoYaml;
  }

  /** Of a file of which nothing can be read, whatever it is about. */
  static PolicyFault noYaml(String message) {
    return new PolicyFault(message, true);
  }

  boolean isNoYaml() {
    return isNoYaml;
  }
}
