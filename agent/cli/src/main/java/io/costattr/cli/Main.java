package io.costattr.cli;

/** t. */
public final class Main {
  private Main() {}
}
