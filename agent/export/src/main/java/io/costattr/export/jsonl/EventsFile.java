package io.costattr.export.jsonl;

import io.costattr.core.Log;
import io.costattr.core.file.AppendChannel;
import io.costattr.core.file.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lines on their way into a file. They are handed to the operating system in order, as many whole
 * lines as fit with each call; while the file cannot be written they are kept, up to a bound, and
 * tried again every two seconds, still in order. One thread uses it; {@link #lost} may be asked by
 * any.
 */
final class EventsFile {
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final long RETRY_NANOS = 2_000_000_000;

  /** Room for some 30,000 entries. */
  private static final long MAX_WAITING_BYTES = 32L * 1024 * 1024;

  private final Path path;
  private final Rotation rotation;
  private final long maxWaitingBytes;
  private final long retryNanos;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final LongAdder lost = new LongAdder();
  private long waitingBytes;
  private AppendChannel channel = AppendChannel.CLOSED;
  private boolean failing;
  private long lostBefore;
  private long nextTry;

  /**
   * @param maxBytes the size beyond which the file is rotated
   * @param keep how many rotated files are kept
   */
  EventsFile(Path path, long maxBytes, long keep) {
    this(path, maxBytes, keep, MAX_WAITING_BYTES, RETRY_NANOS);
  }

  EventsFile(Path path, long maxBytes, long keep, long maxWaitingBytes, long retryNanos) {
    this.path = path.toAbsolutePath();
    this.rotation = new Rotation(this.path, maxBytes, keep);
    this.maxWaitingBytes = maxWaitingBytes;
    this.retryNanos = retryNanos;
  }

  /** Takes a line with its line end; {@link #write} writes it. */
  void add(byte[] line) {
    if (waitingBytes + line.length > maxWaitingBytes) {
      lost.increment();
      return;
    }
    waiting.add(line);
    waitingBytes += line.length;
  }

  /** Lines that were given up. */
  long lost() {
    return lost.sum();
  }

  /** Writes what waits, unless the last try failed less than two seconds ago. Never throws. */
  void write() {
    if (!waiting.isEmpty() && (!failing || System.nanoTime() - nextTry >= 0)) {
      tryToWrite();
    }
  }

  /** Tries once more, and counts what cannot be written as lost. */
  void close() {
    if (!waiting.isEmpty()) {
      tryToWrite();
    }
    lost.add(waiting.size());
    waiting.clear();
    channel.close();
  }

  private void tryToWrite() {
    try {
      while (!waiting.isEmpty()) {
        writeSome();
      }
      if (failing) {
        failing = false;
        Log.warn(
            "the events file "
                + path
                + " can be written again; "
                + (lost.sum() - lostBefore)
                + " entries were lost meanwhile");
      }
    } catch (IOException | RuntimeException fault) {
      channel.close();
      nextTry = System.nanoTime() + retryNanos;
      if (!failing) {
        failing = true;
        lostBefore = lost.sum();
        Log.warn(
            "cannot write the events file "
                + path
                + " (costattr.events.file): "
                + Reason.of(fault)
                + "; entries are kept, up to "
                + maxWaitingBytes / 1024
                + " KB, and tried again");
      }
    }
  }

  private void writeSome() throws IOException {
    if (!channel.isOpen()) {
      channel = AppendChannel.open(path);
    }
    try (AppendChannel.Turn turn = channel.turn()) {
      if (!channel.isStillAt(path)) {
        channel.close();
        return;
      }
      long size = turn.size();
      int first = waiting.element().length;
      if (size > 0 && rotation.isDue(size + first) && rotation.rotate()) {
        channel.close();
        return;
      }
      int lines = 0;
      int bytes = 0;
      for (byte[] line : waiting) {
        if (lines > 0
            && (bytes + line.length > CHUNK_BYTES || rotation.isDue(size + bytes + line.length))) {
          break;
        }
        bytes += line.length;
        lines++;
      }
      for (int written = turn.append(chunk(lines, bytes)); written > 0; ) {
        int length = waiting.remove().length;
        written -= length;
        waitingBytes -= length;
      }
    }
  }

  private ByteBuffer chunk(int lines, int bytes) {
    ByteBuffer chunk = ByteBuffer.allocate(bytes);
    for (byte[] line : waiting) {
      if (lines-- == 0) {
        break;
      }
      chunk.put(line);
    }
    return chunk.flip();
  }
}
