package io.costattr.advice.urlconnection;

import java.io.OutputStream;
import java.io.PrintStream;

/** Stands in for the way to a server while a request is written that must not leave. */
final class Swallowing extends PrintStream {
  private final PrintStream server;

  Swallowing(PrintStream server) {
    super(OutputStream.nullOutputStream(), false);
    this.server = server;
  }

  /** The way to the server. */
  PrintStream server() {
    return server;
  }
}
