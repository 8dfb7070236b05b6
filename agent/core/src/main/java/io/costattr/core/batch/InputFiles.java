package io.costattr.core.batch;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The input files of batch jobs that this JVM has uploaded, in bounded memory, that of uploads
 * under way included. For a new line the oldest files are forgotten, and first those whose results
 * have been read. Thread-safe.
 */
final class InputFiles {
  private final long most;
  private final Map<String, Held> unread = new LinkedHashMap<>();
  private final Map<String, Held> read = new LinkedHashMap<>();
  private long used;

  /**
   * A file.
   *
   * @param lines by their names; never changed any more
   * @param bytes what they take
   */
  record Held(Map<String, RequestLine> lines, long bytes) {}

  /**
   * @param most bytes
   */
  InputFiles(long most) {
    this.most = most;
  }

  /** Whether there may be any. */
  boolean isWanted() {
    return most > 0;
  }

  /** Takes memory for a line; false when there is none. */
  synchronized boolean take(long bytes) {
    forgetFor(bytes, read);
    int lines = forgetFor(bytes, unread);
    if (lines > 0) {
      LinesNotKept.tooMany(lines, most);
    }
    if (used + bytes > most) {
      LinesNotKept.tooMany(1, most);
      return false;
    }
    used += bytes;
    return true;
  }

  /** How many lines were forgotten to make room. */
  private int forgetFor(long bytes, Map<String, Held> files) {
    int lines = 0;
    Iterator<Held> oldest = files.values().iterator();
    while (used + bytes > most && oldest.hasNext()) {
      Held forgotten = oldest.next();
      oldest.remove();
      used -= forgotten.bytes();
      lines += forgotten.lines().size();
    }
    return lines;
  }

  synchronized void giveBack(long bytes) {
    used -= bytes;
  }

  synchronized void keep(String file, Held held) {
    Held before = unread.put(file, held);
    if (before != null) {
      used -= before.bytes();
    }
  }

  /**
   * The lines of a file that say something, for reading results of it; empty when none is known.
   */
  synchronized Map<String, RequestLine> lines(String file) {
    Held held = unread.remove(file);
    if (held != null) {
      read.put(file, held);
    } else {
      held = read.get(file);
    }
    return held == null ? Map.of() : held.lines();
  }

  synchronized long used() {
    return used;
  }
}
