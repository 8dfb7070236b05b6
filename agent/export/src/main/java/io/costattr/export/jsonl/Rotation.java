package io.costattr.export.jsonl;

import io.costattr.core.Log;
import io.costattr.core.file.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Moves a full file aside: {@code events.jsonl} becomes {@code events.jsonl.1}, that becomes {@code
 * .2}, and what is beyond the number to keep goes. To be called in one's turn at the file only, so
 * that two JVMs do not rotate at once.
 */
final class Rotation {
  private static final long RETRY_NANOS = 60_000_000_000L;

  private final Path path;
  private final long maxBytes;
  private final long keep;
  private boolean failed;
  private long nextTry;

  Rotation(Path path, long maxBytes, long keep) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.keep = keep;
  }

  /** Whether a file of that size is too big; a maximum of 0 means that none is. */
  boolean isDue(long size) {
    return maxBytes > 0 && size > maxBytes && !(failed && System.nanoTime() - nextTry < 0);
  }

  /**
   * Moves the file aside.
   *
   * @return false when that failed: an overlong file is better than none
   */
  boolean rotate() {
    try {
      if (keep == 0) {
        Files.deleteIfExists(path);
        return true;
      }
      for (long number = keep - 1; number >= 1; number--) {
        if (Files.exists(numbered(number))) {
          move(numbered(number), numbered(number + 1));
        }
      }
      move(path, numbered(1));
      return true;
    } catch (IOException | RuntimeException fault) {
      failed = true;
      nextTry = System.nanoTime() + RETRY_NANOS;
      Log.warnOnce(
          "rotation:" + path,
          "cannot rotate the events file " + path + ": " + Reason.of(fault) + "; it grows on");
      return false;
    }
  }

  private Path numbered(long number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
