package io.costattr.export.spool;

import io.costattr.core.Log;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The events of a service that no collector has yet, in a directory that all JVMs of that service
 * on a host share. Each appends to segments of its own:
 *
 * <pre>
 *   append ──► current segment ──full──► full segments ──┐
 *                                                        ├──► next: what nobody holds in memory
 *   segments of JVMs that are no more ──adopted──────────┘
 * </pre>
 *
 * A segment goes when everything in it was {@linkplain #forget forgotten}, or when it is the oldest
 * and there is no more room. One thread uses a spool; the counts may be asked by any.
 */
public final class Spool {
  static final String SUFFIX = ".events";

  private static final long MOST_SEGMENT_BYTES = 4L * 1024 * 1024;
  private static final long LEAST_SEGMENT_BYTES = 16L * 1024;
  private static final int SEGMENTS = 8;

  private final Path directory;
  private final long maxBytes;
  private final long segmentBytes;
  private final SecureRandom random = new SecureRandom();
  private final Deque<Segment> full = new ArrayDeque<>();
  private final Set<Path> refused = new HashSet<>();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private @Nullable Segment current;
  private @Nullable Segment replayed;
  private @Nullable Contents replayedContents;

  private Spool(Path directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.segmentBytes =
        Math.max(LEAST_SEGMENT_BYTES, Math.min(MOST_SEGMENT_BYTES, maxBytes / SEGMENTS));
  }

  /**
   * Opens a service's spool in the first of those directories that can be used. Directories are
   * made where they are missing, but no file before there is an event.
   *
   * @param name the service's directory
   * @param maxBytes how much room there is for all JVMs of the service together
   * @throws IOException why the first of them cannot be used, when none can
   */
  public static Spool open(List<Home> homes, String name, long maxBytes) throws IOException {
    IOException first = null;
    for (Home home : homes) {
      try {
        home.make();
        Path directory = home.path().resolve(name);
        Home.make(directory);
        return new Spool(directory.toRealPath(), maxBytes);
      } catch (IOException fault) {
        first = first == null ? fault : first;
      }
    }
    throw first == null ? new IOException("there is no directory for it") : first;
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /** Events that this JVM has in files of its own or took over, and that are still needed. */
  public long events() {
    return events.get();
  }

  /** The size of those files. */
  public long bytes() {
    return bytes.get();
  }

  /** Events that were given up: the oldest, when there was no room, and what cannot be read. */
  public long dropped() {
    return dropped.get();
  }

  /**
   * Writes events; they are with the operating system then.
   *
   * @param origin where they come from, to be had back with each
   * @param to where the places go of those that were written, in order, also when some were not
   */
  public void append(byte[] origin, List<byte[]> news, List<Place> to) throws IOException {
    int first = 0;
    while (first < news.size()) {
      Segment segment = segmentFor(origin, news.get(first));
      long room = segmentBytes - segment.bytes();
      int next = first;
      do {
        room -= Segment.bytesOf(news.get(next++));
      } while (next < news.size() && room >= Segment.bytesOf(news.get(next)));
      int before = to.size();
      try {
        segment.append(news.subList(first, next), to);
      } catch (IOException fault) {
        retire();
        throw fault;
      } finally {
        events.addAndGet(to.size() - before);
        measure();
      }
      first = next;
    }
  }

  private Segment segmentFor(byte[] origin, byte[] event) throws IOException {
    Segment segment = current;
    if (segment != null && !segment.isOnDisk()) {
      Log.debug("somebody removed " + segment.path());
      current = null;
      abandon(segment);
      segment = null;
    }
    if (segment != null
        && Arrays.equals(segment.origin(), origin)
        && (segment.bytes() + Segment.bytesOf(event) <= segmentBytes || !segment.isUsed())) {
      return segment;
    }
    retire();
    makeRoom(Math.max(segmentBytes, Segment.bytesOf(event)));
    if (!Files.isDirectory(directory)) {
      Home.make(directory);
    }
    String name =
        String.format(Locale.ROOT, "%013d-%08x", System.currentTimeMillis(), random.nextInt());
    segment = Segment.create(directory.resolve(name + SUFFIX), origin);
    current = segment;
    return segment;
  }

  /** Nothing of that segment is kept any more. */
  private void abandon(Segment segment) throws IOException {
    dropped.addAndGet(segment.owed());
    events.addAndGet(-segment.needed());
    segment.drop();
  }

  /** The current segment is one of the full ones from now on. */
  private void retire() {
    Segment segment = current;
    if (segment == null) {
      return;
    }
    current = null;
    try {
      if (segment.needed() == 0) {
        segment.remove();
        return;
      }
      full.add(segment);
      if (segment.owed() > 0) {
        segment.force(); // The collector is away: this one will lie here for some time.
      }
    } catch (IOException fault) {
      Log.debug("leaving " + segment.path() + " as it is: " + fault);
    }
  }

  /** Nobody holds these in memory any more: {@link #next} will tell of them. */
  public void owe(Place place) {
    if (place.isKept()) {
      place.segment().owe(place.index());
    }
  }

  /** These are no longer needed. It is so even where it cannot be written, as this says. */
  public void forget(List<Place> places) throws IOException {
    Map<Segment, BitSet> bySegment = new LinkedHashMap<>();
    for (Place place : places) {
      if (place.isKept()) {
        bySegment.computeIfAbsent(place.segment(), one -> new BitSet()).set(place.index());
      }
    }
    IOException fault = null;
    for (Map.Entry<Segment, BitSet> entry : bySegment.entrySet()) {
      try {
        forget(entry.getKey(), entry.getValue());
      } catch (IOException unwritten) {
        fault = unwritten;
      }
    }
    measure();
    if (fault != null) {
      throw fault;
    }
  }

  private void forget(Segment segment, BitSet indexes) throws IOException {
    int before = segment.needed();
    segment.forget(indexes);
    events.addAndGet(segment.needed() - before);
    if (segment.needed() > 0) {
      segment.note();
    } else if (segment == current) {
      segment.empty();
    } else {
      full.remove(segment);
      if (segment == replayed) {
        replayed = null;
        replayedContents = null;
      }
      segment.remove();
    }
  }

  /** Whether there is something that nobody holds in memory, in files that this JVM has. */
  public boolean owes() {
    if (current != null && current.owed() > 0) {
      return true;
    }
    for (Segment segment : full) {
      if (segment.owed() > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * What nobody holds in memory, the oldest of this JVM's first, then those of JVMs that are no
   * more. Whoever takes them has to {@linkplain #forget forget} them.
   *
   * @param most how many at most; they come from one segment
   * @return empty when there are none
   */
  public List<Kept> next(int most) {
    List<Kept> next = new ArrayList<>();
    while (next.isEmpty()) {
      Segment segment = replayed;
      if (segment == null || segment.owed() == 0) {
        segment = nextToReplay();
        replayed = segment;
        replayedContents = null;
      }
      if (segment == null) {
        return next;
      }
      take(segment, most, next);
    }
    return next;
  }

  private void take(Segment segment, int most, List<Kept> to) {
    Contents contents = replayedContents;
    List<Place> unreadable = new ArrayList<>();
    try {
      if (contents == null) {
        contents = segment.read();
        replayedContents = contents;
      }
      while (to.size() < most && segment.owed() > 0) {
        Place place = new Place(segment, segment.takeOwed());
        byte[] event = contents.event(place.index());
        if (event == null) {
          unreadable.add(place);
        } else {
          to.add(new Kept(place, segment.origin(), event));
        }
      }
    } catch (IOException fault) {
      Log.debug("cannot read " + segment.path() + ": " + fault);
      while (segment.owed() > 0) {
        unreadable.add(new Place(segment, segment.takeOwed()));
      }
    }
    if (!unreadable.isEmpty()) {
      dropped.addAndGet(unreadable.size());
      segment.damage();
      forgetQuietly(unreadable);
    }
  }

  private void forgetQuietly(List<Place> places) {
    try {
      forget(places);
    } catch (IOException fault) {
      Log.debug("cannot note what is no longer needed: " + fault);
    }
  }

  private @Nullable Segment nextToReplay() {
    for (Segment segment : full) {
      if (segment.owed() > 0) {
        return segment;
      }
    }
    Segment segment = current;
    if (segment != null && segment.owed() > 0) {
      current = null; // What is read of it once has to be all of it.
      full.add(segment);
      return segment;
    }
    return adopt();
  }

  /** The oldest segment of a JVM that is no more, or null. */
  private @Nullable Segment adopt() {
    for (Path path : files(SUFFIX)) {
      Segment segment = adopt(path);
      if (segment != null) {
        return segment;
      }
    }
    return null;
  }

  /** That segment, if it can be had and something in it is needed. */
  private @Nullable Segment adopt(Path path) {
    if (refused.contains(path)) {
      return null;
    }
    try {
      Segment segment = Segment.adopt(path);
      if (segment == null) {
        return null;
      }
      dropped.addAndGet(segment.missing());
      if (segment.needed() == 0) {
        segment.remove();
        return null;
      }
      events.addAndGet(segment.needed());
      full.add(segment);
      measure();
      return segment;
    } catch (Unusable unusable) {
      dispose(unusable, path);
    } catch (IOException fault) {
      refused.add(path);
      Log.debug("cannot take over " + path + ": " + fault);
    }
    return null;
  }

  private void dispose(Unusable unusable, Path path) {
    try {
      switch (unusable.form()) {
        case EMPTY -> Files.deleteIfExists(path);
        case UNREADABLE -> SetAside.move(path);
        default -> {
          refused.add(path);
          Log.warnOnce(
              "spool:version:" + directory,
              "the spool " + directory + " has files of another version of costattr; they stay");
        }
      }
    } catch (IOException fault) {
      refused.add(path);
      Log.debug("cannot put " + path + " aside: " + fault);
    }
  }

  /** Drops the oldest files, until there is room for so many bytes or nothing to be dropped. */
  private void makeRoom(long needed) {
    long used = 0;
    Map<Path, Long> sizes = new LinkedHashMap<>();
    for (Path path : files("")) {
      String name = path.getFileName().toString();
      if (name.endsWith(SUFFIX) || name.endsWith(SetAside.SUFFIX)) {
        long size = path.toFile().length();
        sizes.put(path, size);
        used += size;
      }
    }
    for (Map.Entry<Path, Long> file : sizes.entrySet()) {
      if (used + needed <= maxBytes) {
        return;
      }
      if (drop(file.getKey())) {
        used -= file.getValue();
      }
    }
  }

  private boolean drop(Path path) {
    try {
      if (path.toString().endsWith(SetAside.SUFFIX)) {
        return Files.deleteIfExists(path);
      }
      Segment segment = find(path);
      if (segment == null) {
        segment = adopt(path);
      }
      if (segment == null || segment == current || segment == replayed) {
        return false;
      }
      Log.warnOnce(
          "spool:full:" + directory,
          "the spool "
              + directory
              + " is full ("
              + maxBytes / 1024
              + " KB, costattr.spool.max.bytes): the oldest events are dropped and counted");
      full.remove(segment);
      abandon(segment);
      return true;
    } catch (IOException fault) {
      Log.debug("cannot drop " + path + ": " + fault);
      return false;
    }
  }

  private @Nullable Segment find(Path path) {
    for (Segment segment : full) {
      if (segment.path().equals(path)) {
        return segment;
      }
    }
    return null;
  }

  /** The files of the directory whose names end so, by name: the oldest first. */
  private Set<Path> files(String suffix) {
    Set<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (entry.getFileName().toString().endsWith(suffix)) {
          files.add(entry);
        }
      }
    } catch (NoSuchFileException gone) {
      Log.debug("the spool " + directory + " has gone");
    } catch (IOException | RuntimeException fault) {
      Log.debug("cannot list the spool " + directory + ": " + fault);
    }
    return files;
  }

  private void measure() {
    long size = current == null ? 0 : current.bytes();
    for (Segment segment : full) {
      size += segment.bytes();
    }
    bytes.set(size);
  }

  /** Closes its files; those with events that are still needed stay, for the next JVM. */
  public void close() {
    retire();
    for (Segment segment : full) {
      try {
        segment.force();
      } catch (IOException fault) {
        Log.debug("leaving " + segment.path() + " as it is: " + fault);
      }
      segment.leave();
    }
    full.clear();
    try {
      Files.delete(directory); // Which another JVM makes again that is about to use it.
    } catch (IOException inUse) {
      Log.debug("the spool " + directory + " stays");
    }
  }
}
