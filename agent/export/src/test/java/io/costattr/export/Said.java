package io.costattr.export;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Listens to what the agent says on standard error, until it is closed. */
public final class Said implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

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

  /** Waits until there is a line with that in it. */
  public void await(String text) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (lines().stream().noneMatch(line -> line.contains(text))) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("nothing was said of " + text + ", but " + lines());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
