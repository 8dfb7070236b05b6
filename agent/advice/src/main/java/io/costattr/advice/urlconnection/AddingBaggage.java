package io.costattr.advice.urlconnection;

import io.costattr.core.baggage.Addition;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Stands before the way to a server while a request's head is written to it, line by line, and puts
 * who pays before the line that ends it. What the connection itself has stays what it is.
 */
final class AddingBaggage extends PrintStream {
  private static final String END = "\r\n";
  private static final String NAME = Addition.HEADER + ":";

  private final PrintStream server;
  private final Addition addition;
  private final List<String> lines = new ArrayList<>();
  private final List<String> present = new ArrayList<>();
  private boolean isWritten;

  AddingBaggage(PrintStream server, Addition addition) {
    super(OutputStream.nullOutputStream(), false);
    this.server = server;
    this.addition = addition;
  }

  /** The way to the server. */
  PrintStream server() {
    return server;
  }

  @Override
  public void print(Object line) {
    print(String.valueOf(line));
  }

  @Override
  public void print(String text) {
    if (isWritten) {
      server.print(text);
    } else if (text.equals(END)) {
      isWritten = true;
      String whole = addition.to(present);
      if (whole != null) {
        server.print(NAME + " " + whole + END);
      } else {
        lines.forEach(server::print);
      }
      server.print(text);
    } else if (text.toLowerCase(Locale.ROOT).startsWith(NAME)) {
      lines.add(text);
      present.add(text.substring(NAME.length()).strip());
    } else {
      server.print(text);
    }
  }

  @Override
  public void write(int b) {
    server.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    server.write(bytes, offset, length);
  }

  @Override
  public void flush() {
    server.flush();
  }

  @Override
  public boolean checkError() {
    return server.checkError();
  }
}
