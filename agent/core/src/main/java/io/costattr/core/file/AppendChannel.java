package io.costattr.core.file;

import io.costattr.core.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An open file that several JVMs may append to. Each takes turns by an advisory lock; where the
 * file system has none, one call of {@code write} on a descriptor opened with {@code O_APPEND}
 * (POSIX) still keeps lines whole.
 */
public final class AppendChannel {
  /** One that is not open. */
  public static final AppendChannel CLOSED = new AppendChannel(null, null, null, false);

  private static final long LOCK_NANOS = 1_000_000_000;
  private static final int FILE_TYPE = 0170000;
  private static final int PIPE = 0010000;

  private @Nullable FileChannel out;

  /** For the last byte only. It is closed with {@link #out}: closing it alone drops the lock. */
  private final @Nullable FileChannel in;

  private final @Nullable Object key;
  private final boolean regular;
  private boolean locks = true;
  private long end = -1;

  private AppendChannel(
      @Nullable FileChannel out, @Nullable FileChannel in, @Nullable Object key, boolean regular) {
    this.out = out;
    this.in = in;
    this.key = key;
    this.regular = regular;
  }

  /** Opens the file, which with its directories is created where it is missing. */
  public static AppendChannel open(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
    refusePipe(path);
    for (int tries = 0; tries < 10; tries++) {
      FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      try {
        return openExisting(path);
      } catch (NoSuchFileException movedAside) {
        Log.debug("a file was moved aside while it was opened");
      }
    }
    throw new FileSystemException(path.toString(), null, "it is moved aside again and again");
  }

  /**
   * Java does not tell the identity of an open file. That of the path is it, if it was the same
   * before and after opening: a file moved aside does not come back.
   */
  private static AppendChannel openExisting(Path path) throws IOException {
    BasicFileAttributes before = attributes(path);
    FileChannel out = FileChannel.open(path, StandardOpenOption.APPEND);
    FileChannel in = null;
    try {
      in = openForReading(path, before);
      if (!Objects.equals(before.fileKey(), attributes(path).fileKey())) {
        throw new NoSuchFileException(path.toString());
      }
      return new AppendChannel(out, in, before.fileKey(), before.isRegularFile());
    } catch (IOException fault) {
      out.close();
      if (in != null) {
        in.close();
      }
      throw fault;
    }
  }

  /** Opening a pipe that nobody reads would never return. */
  private static void refusePipe(Path path) throws IOException {
    if (Files.exists(path)
        && !Files.isRegularFile(path)
        && path.getFileSystem().supportedFileAttributeViews().contains("unix")
        && Files.getAttribute(path, "unix:mode") instanceof Integer mode
        && (mode & FILE_TYPE) == PIPE) {
      throw new FileSystemException(path.toString(), null, "it is a pipe");
    }
  }

  private static @Nullable FileChannel openForReading(Path path, BasicFileAttributes attributes) {
    try {
      return attributes.isRegularFile() ? FileChannel.open(path, StandardOpenOption.READ) : null;
    } catch (IOException writeOnly) {
      return null;
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  /** Whether it can be written. */
  public boolean isOpen() {
    return out != null && out.isOpen();
  }

  /** Whether that path still leads to this file: another JVM may have moved it aside. */
  public boolean isStillAt(Path path) throws IOException {
    try {
      return Objects.equals(key, attributes(path).fileKey());
    } catch (NoSuchFileException moved) {
      return false;
    }
  }

  /** Waits, at most a second, until no other JVM is at the file. */
  public Turn turn() throws IOException {
    FileChannel out = Objects.requireNonNull(this.out);
    FileLock lock = null;
    if (regular && locks) {
      long deadline = System.nanoTime() + LOCK_NANOS;
      while ((lock = tryLock(out)) == null && locks) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("another process holds its lock");
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
    return new Turn(out, lock);
  }

  private @Nullable FileLock tryLock(FileChannel out) throws IOException {
    try {
      return out.tryLock();
    } catch (OverlappingFileLockException anotherAgentInThisJvm) {
      return null;
    } catch (IOException unsupported) {
      if (!out.isOpen()) {
        throw unsupported;
      }
      locks = false;
      Log.debug("a file is written without locks: " + unsupported);
      return null;
    }
  }

  /** Lets the file go; may be called again. */
  public void close() {
    try (FileChannel first = out;
        FileChannel second = in) {
      out = null;
    } catch (IOException ignored) {
      // Every line is with the operating system since its write.
      Log.debug("closing a file: " + ignored);
    }
  }

  /** The time in which no other JVM writes. */
  public final class Turn implements AutoCloseable {
    private final FileChannel out;
    private final @Nullable FileLock lock;

    private Turn(FileChannel out, @Nullable FileLock lock) {
      this.out = out;
      this.lock = lock;
    }

    /** The size of the file in bytes; 0 for a device. */
    public long size() throws IOException {
      return regular ? out.size() : 0;
    }

    /**
     * Appends whole lines, as many as the disk has room for.
     *
     * @return how many bytes of them are in the file now: all, or up to the end of a line
     * @throws IOException when not one line could be written
     */
    public int append(ByteBuffer lines) throws IOException {
      long start = size();
      boolean torn = start != end && isTorn(start);
      try {
        if (torn) {
          start += out.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
        while (lines.hasRemaining()) {
          out.write(lines);
        }
      } catch (IOException full) {
        int whole = endOfLastLine(lines);
        if (regular && lock != null && out.isOpen()) {
          out.truncate(start + whole);
        }
        if (whole == 0) {
          throw full;
        }
        return whole;
      }
      end = start + lines.position();
      return lines.position();
    }

    /**
     * Reads from a position on what is there already, at most as much as the buffer has room for.
     *
     * @return how many bytes were read; -1 at the end, and where the file may not be read
     */
    public int read(ByteBuffer into, long position) throws IOException {
      return in == null ? -1 : in.read(into, position);
    }

    private static int endOfLastLine(ByteBuffer written) {
      int end = written.position();
      while (end > 0 && written.get(end - 1) != '\n') {
        end--;
      }
      return end;
    }

    /** Whether the machine or a killed JVM left half a line at the end. */
    private boolean isTorn(long size) throws IOException {
      if (in == null || size == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      return in.read(last, size - 1) == 1 && last.get(0) != '\n';
    }

    @Override
    public void close() throws IOException {
      if (lock != null && lock.isValid()) {
        lock.release();
      }
    }
  }
}
