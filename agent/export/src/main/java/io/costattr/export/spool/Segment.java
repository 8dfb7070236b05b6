package io.costattr.export.spool;

import io.costattr.core.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of events that only grows, locked by the one JVM that may write to it for as long as that
 * lives. What it is told to forget is noted at its end. One thread uses it; {@link #isGone} may be
 * asked by any.
 */
final class Segment {
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final byte[] NOTHING = {};

  /** No segment is that long: one begins when four megabytes are full. */
  private static final long MOST_BYTES = 256L * 1024 * 1024;

  /**
   * The segments of this JVM. POSIX drops a process' locks on a file when it closes any descriptor
   * of it, so that asking whether one of these is locked would unlock it.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;
  private final byte[] origin;
  private final BitSet done;
  private final BitSet owed;
  private final BitSet unnoted;
  private final int emptyBytes;
  private final int missing;
  private int count;
  private long bytes;
  private boolean damaged;
  private volatile boolean gone;

  private Segment(Path path, FileChannel channel, byte[] origin, Contents contents) {
    this.path = path;
    this.channel = channel;
    this.origin = origin;
    this.owed = contents.owed();
    this.done = new BitSet();
    done.set(0, contents.count());
    done.andNot(owed);
    this.unnoted = (BitSet) done.clone();
    unnoted.andNot(contents.done());
    this.emptyBytes = Contents.HEADER.length + Frame.OVERHEAD + origin.length;
    this.missing = unnoted.cardinality();
    this.count = contents.count();
    this.bytes = contents.end();
    this.damaged = contents.isDamaged();
  }

  /** Makes a segment of that name for events from there. */
  static Segment create(Path path, byte[] origin) throws IOException {
    OWN.add(path);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path,
              Set.<OpenOption>of(
                  StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
              forItsOwnerOnly(path));
      // Another JVM may have come upon the file before it was locked, and removed it as empty.
      if (!lock(channel) || !Files.exists(path)) {
        throw new FileSystemException(path.toString(), null, "another process locks new files");
      }
      Segment segment = new Segment(path, channel, origin, Contents.NONE);
      segment.begin();
      return segment;
    } catch (IOException | RuntimeException fault) {
      if (channel != null) {
        Files.deleteIfExists(path);
      }
      release(path, channel);
      throw fault;
    }
  }

  /**
   * Takes over what a JVM left that is no more.
   *
   * @return the segment; null when a JVM has it, or it has gone
   * @throws Unusable when no event is to be had of it; the file is closed again
   */
  static @Nullable Segment adopt(Path path) throws IOException, Unusable {
    if (!OWN.add(path)) {
      return null;
    }
    Segment segment = null;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) && Files.exists(path)) {
        Contents contents = contents(channel);
        Unusable.check(contents, path);
        channel.truncate(contents.end());
        segment = new Segment(path, channel, contents.origin(), contents);
      }
      return segment;
    } catch (NoSuchFileException gone) {
      return null;
    } finally {
      if (segment == null) {
        release(path, channel);
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException inThisJvm) {
      return false;
    }
  }

  private static void release(Path path, @Nullable FileChannel channel) {
    OWN.remove(path);
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException fault) {
      Log.debug("closing " + path + ": " + fault); // What was written is with the system.
    }
  }

  private static FileAttribute<?>[] forItsOwnerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static Contents contents(FileChannel channel) throws IOException {
    if (channel.size() > MOST_BYTES) {
      return Contents.UNREADABLE;
    }
    ByteBuffer read = ByteBuffer.allocate((int) channel.size());
    while (read.hasRemaining() && channel.read(read, read.position()) > 0) {
      // To its end.
    }
    return Contents.of(read.flip());
  }

  private void begin() throws IOException {
    ByteBuffer begin = ByteBuffer.allocate(emptyBytes).put(Contents.HEADER);
    Frame.put(begin, Frame.ORIGIN, new int[0], origin);
    write(begin.flip());
  }

  Path path() {
    return path;
  }

  byte[] origin() {
    return origin;
  }

  long bytes() {
    return bytes;
  }

  /** How many bytes an event needs. */
  static int bytesOf(byte[] event) {
    return Frame.OVERHEAD + Integer.BYTES + event.length;
  }

  /** How many of its events are still needed. */
  int needed() {
    return count - done.cardinality();
  }

  /** How many of the events that it had when it was taken over cannot be read. */
  int missing() {
    return missing;
  }

  /** Whether it has had events. */
  boolean isUsed() {
    return count > 0;
  }

  /** Whether nobody has removed the file. */
  boolean isOnDisk() {
    return Files.exists(path);
  }

  /** It turns out that bytes of it cannot be read. */
  void damage() {
    damaged = true;
  }

  /** Whether the file is no more, so that nothing in it is kept. Any thread. */
  boolean isGone() {
    return gone;
  }

  /**
   * Writes events.
   *
   * @param to where the places go of those that are written, also when some are not
   */
  void append(List<byte[]> events, List<Place> to) throws IOException {
    int first = 0;
    while (first < events.size()) {
      int size = 0;
      int next = first;
      while (next < events.size()
          && (next == first || size + bytesOf(events.get(next)) <= CHUNK_BYTES)) {
        size += bytesOf(events.get(next++));
      }
      ByteBuffer chunk = ByteBuffer.allocate(size);
      for (int i = first; i < next; i++) {
        Frame.put(chunk, Frame.EVENT, new int[] {count + i - first}, events.get(i));
      }
      write(chunk.flip());
      for (; first < next; first++) {
        to.add(new Place(this, count++));
      }
    }
  }

  /** Those are no longer needed. */
  void forget(BitSet indexes) {
    done.or(indexes);
    owed.andNot(indexes);
    unnoted.or(indexes);
  }

  /** Writes down which events are no longer needed. */
  void note() throws IOException {
    List<Integer> bounds = new ArrayList<>();
    for (int at = unnoted.nextSetBit(0); at >= 0; ) {
      int end = unnoted.nextClearBit(at);
      bounds.add(at);
      bounds.add(end);
      at = unnoted.nextSetBit(end);
    }
    ByteBuffer notes =
        ByteBuffer.allocate(bounds.size() / 2 * (Frame.OVERHEAD + 2 * Integer.BYTES));
    for (int i = 0; i < bounds.size(); i += 2) {
      Frame.put(notes, Frame.DONE, new int[] {bounds.get(i), bounds.get(i + 1)}, NOTHING);
    }
    write(notes.flip());
    unnoted.clear();
  }

  /** Nobody holds that event in memory any more. */
  void owe(int index) {
    if (!done.get(index)) {
      owed.set(index);
    }
  }

  /** How many events are here that nobody holds in memory. */
  int owed() {
    return owed.cardinality();
  }

  /** The index of the first of these, of which there is one; somebody holds it from now on. */
  int takeOwed() {
    int index = owed.nextSetBit(0);
    owed.clear(index);
    return index;
  }

  /** What is in it. */
  Contents read() throws IOException {
    return contents(channel);
  }

  /** Hands everything to the disk itself. */
  void force() throws IOException {
    channel.force(false);
  }

  /** Begins anew, when nothing in it is needed. */
  void empty() throws IOException {
    channel.truncate(emptyBytes);
    bytes = emptyBytes;
    count = 0;
    done.clear();
    unnoted.clear();
  }

  /** Closes the file and leaves it to others. */
  void leave() {
    release(path, channel);
  }

  /** Removes the file; one in which bytes cannot be read is kept aside. */
  void remove() throws IOException {
    gone = true;
    try {
      if (damaged) {
        SetAside.move(path);
      } else {
        Files.deleteIfExists(path); // Before the lock goes with the channel.
      }
    } finally {
      release(path, channel);
    }
  }

  /** Removes the file whatever is in it. */
  void drop() throws IOException {
    damaged = false;
    remove();
  }

  /** All of it, or nothing. */
  private void write(ByteBuffer from) throws IOException {
    long start = bytes;
    try {
      for (long at = start; from.hasRemaining(); ) {
        at += channel.write(from, at);
        bytes = at;
      }
    } catch (IOException full) {
      bytes = start;
      if (channel.isOpen()) {
        channel.truncate(start);
      }
      throw full;
    }
  }
}
