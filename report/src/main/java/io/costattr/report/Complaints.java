package io.costattr.report;

import java.io.PrintWriter;
import java.nio.file.Path;

/** Names the lines that could not be read, the first few one by one. Not thread-safe. */
final class Complaints {
  private static final int NAMED = 20;

  private final PrintWriter err;
  private long count;

  Complaints(PrintWriter err) {
    this.err = err;
  }

  void add(Path file, long line, String reason) {
    count++;
    if (count <= NAMED) {
      err.println("[report] " + file + ":" + line + ": left out: " + reason);
    } else if (count == NAMED + 1) {
      err.println("[report] more bad lines are counted and not named");
    }
  }

  long count() {
    return count;
  }
}
