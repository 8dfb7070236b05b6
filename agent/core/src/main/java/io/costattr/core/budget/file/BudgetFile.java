package io.costattr.core.budget.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.Log;
import io.costattr.core.file.AppendChannel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The file itself. Its first line names it, and its generation: when it is written anew without
 * what is over, it keeps its name, and whoever knew an earlier generation reads it from its
 * beginning. One thread uses it.
 */
final class BudgetFile {
  private static final String HEADER = "costattr-budgets 1 ";
  private static final int CHUNK = 1 << 16;

  private final Path path;
  private AppendChannel channel = AppendChannel.CLOSED;
  private String name = "";
  private long position;
  private final long small;
  private long compactAt;

  /** Where what was read of the file is kept. */
  interface Reader {
    /** What was read before is in the file again: begin anew. */
    void anew();

    /** A line that another JVM, or an earlier one, has written. */
    void line(FileLine line);

    /** All that is there has been read. */
    void end();
  }

  /**
   * @param small up to so many bytes it is never worth writing it anew
   */
  BudgetFile(Path path, long small) {
    this.path = path.toAbsolutePath();
    this.small = small;
    this.compactAt = small;
  }

  /**
   * Reads what is new, then appends some lines, in one turn at the file.
   *
   * @param lines whole lines; may be empty
   * @return how many bytes of them are in the file, up to the end of a line
   */
  int exchange(byte[] lines, Reader reader) throws IOException {
    for (int tries = 0; tries < 10; tries++) {
      if (!channel.isOpen()) {
        channel = AppendChannel.open(path);
        position = 0;
      }
      try (AppendChannel.Turn turn = channel.turn()) {
        if (channel.isStillAt(path)) {
          if (position == 0) {
            begin(turn, reader);
          }
          position = read(turn, position, (bytes, start, end) -> tell(bytes, start, end, reader));
          reader.end();
          int written = lines.length == 0 ? 0 : turn.append(ByteBuffer.wrap(lines));
          if (written > 0) {
            position = turn.size();
          }
          return written;
        }
      } catch (IOException | RuntimeException fault) {
        channel.close();
        throw fault;
      }
      channel.close();
    }
    throw new IOException("it is moved aside again and again");
  }

  /** Shows every good line, as text and without its check. */
  void lines(Consumer<String> reader) throws IOException {
    if (!channel.isOpen()) {
      channel = AppendChannel.open(path);
      position = 0;
    }
    try (AppendChannel.Turn turn = channel.turn()) {
      read(
          turn,
          0,
          (bytes, start, end) -> {
            if (FileLine.parse(bytes, start, end) != null) {
              reader.accept(new String(bytes, start, end - start - FileLine.TAIL, UTF_8));
            }
          });
    }
  }

  /** Reads the first line, or writes it. */
  private void begin(AppendChannel.Turn turn, Reader reader) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(256);
    int length = turn.read(first, 0);
    String text = length <= 0 ? "" : new String(first.array(), 0, length, UTF_8);
    if (text.isEmpty()) {
      name = random();
      turn.append(ByteBuffer.wrap(header(name).getBytes(UTF_8)));
      position = turn.size();
      return;
    }
    int end = text.indexOf('\n');
    int blank = text.indexOf(' ', HEADER.length());
    if (!text.startsWith(HEADER) || end < 0 || blank < 0 || blank > end) {
      throw new IOException("it is no file of budgets");
    }
    String named = text.substring(HEADER.length(), blank);
    if (name.isEmpty() || named.equals(name)) {
      reader.anew();
    }
    // Else the file that was known is gone, and what was in it is known here alone.
    name = named;
    position = end + 1L;
  }

  private static String header(String name) {
    return HEADER + name + ' ' + random() + '\n';
  }

  private static String random() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** Takes a line by its place among some bytes, without its end. */
  private interface Raw {
    void line(byte[] bytes, int start, int end) throws IOException;
  }

  private void tell(byte[] bytes, int start, int end, Reader reader) {
    FileLine line = FileLine.parse(bytes, start, end);
    if (line != null) {
      reader.line(line);
    } else if (end > start) {
      sayDamaged();
    }
  }

  /** Reads whole lines from a position on; returns where the rest begins. */
  private static long read(AppendChannel.Turn turn, long from, Raw reader) throws IOException {
    byte[] bytes = new byte[CHUNK];
    int kept = 0;
    long at = from;
    while (true) {
      int length = turn.read(ByteBuffer.wrap(bytes, kept, bytes.length - kept), at + kept);
      if (length <= 0) {
        return at;
      }
      int end = kept + length;
      int start = 0;
      for (int i = kept; i < end; i++) {
        if (bytes[i] == '\n') {
          reader.line(bytes, start, i);
          start = i + 1;
        }
      }
      at += start;
      kept = end - start;
      byte[] next = start == 0 && end == bytes.length ? new byte[2 * end] : bytes;
      System.arraycopy(bytes, start, next, 0, kept);
      bytes = next;
    }
  }

  private void sayDamaged() {
    Log.warnOnce(
        "damaged:" + path,
        "the budgets file " + path + " has a damaged line, which does not count (said once)");
  }

  /** Whether so much of it is likely to be over that it is worth writing anew. */
  boolean isLong() {
    return position > compactAt;
  }

  /**
   * Writes the file anew: one line for each that is kept.
   *
   * @param totals what its lines come to, all of which have been read
   * @param now milliseconds since 1970 (UTC)
   */
  void compact(Totals totals, long now) throws IOException {
    Path other = path.resolveSibling(path.getFileName() + "." + random() + ".tmp");
    try (AppendChannel.Turn turn = channel.turn()) {
      if (!channel.isStillAt(path) || turn.size() != position) {
        return;
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(other), CHUNK)) {
        out.write(header(name).getBytes(UTF_8));
        BitSet seen = new BitSet();
        read(turn, 0, (bytes, start, end) -> keep(bytes, start, end, totals, seen, now, out));
      }
      compactAt = Math.max(small, 4 * Files.size(other));
      Files.move(other, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException fault) {
      compactAt = 2 * position;
      throw fault;
    } finally {
      Files.deleteIfExists(other);
    }
    channel.close();
  }

  private static void keep(
      byte[] bytes, int start, int end, Totals totals, BitSet seen, long now, OutputStream out)
      throws IOException {
    FileLine line = FileLine.parse(bytes, start, end);
    if (line != null && totals.until(line.key()) >= now && totals.isNew(line.key(), seen)) {
      String whole = line.with(bytes, start, totals.get(line.key()), totals.until(line.key()));
      out.write(whole.getBytes(UTF_8));
    }
  }

  void close() {
    channel.close();
  }
}
