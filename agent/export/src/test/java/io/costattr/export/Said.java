package io.costattr.export;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Listens to what the agent says on standard error, until it is closed. */
public final class Said implements AutoCloseable {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  public Said() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  /** The agent's own lines. */
  public List<String> lines() {
    return said.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("[costattr]"))
        .toList();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
