package io.costattr.export.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is to be read in a segment. What a killed JVM left half written at its end is no event. */
final class Contents {

  /** What a segment begins with: whose file it is, and in which version of the format. */
  static final byte[] HEADER = "costattr1".getBytes(StandardCharsets.US_ASCII);

  private static final int NAME = HEADER.length - 1;

  /** A file that is shorter and cannot be read was left when its JVM had just made it. */
  private static final int TORN_BEGIN = 1024;

  /** Of a file to which nothing was written. */
  static final Contents NONE = new Contents(Form.EMPTY);

  /** Of a file of which nothing can be made. */
  static final Contents UNREADABLE = new Contents(Form.UNREADABLE);

  private final SortedMap<Integer, ByteBuffer> events = new TreeMap<>();
  private final BitSet done = new BitSet();
  private final Form form;
  private byte @Nullable [] origin;
  private int end;
  private boolean damaged;

  /** What kind of file it is. */
  enum Form {
    /** A segment. */
    SEGMENT,
    /** Nothing was written to it. */
    EMPTY,
    /** Of another version of this agent. */
    FOREIGN,
    /** Nothing can be made of it. */
    UNREADABLE
  }

  private Contents(Form form) {
    this.form = form;
  }

  /** What those bytes are the whole of. */
  static Contents of(ByteBuffer bytes) {
    Contents contents = new Contents(formOf(bytes));
    if (contents.form != Form.SEGMENT) {
      return contents;
    }
    try {
      contents.read(bytes);
    } catch (RuntimeException contradiction) {
      return UNREADABLE;
    }
    if (contents.origin != null) {
      return contents;
    }
    return bytes.limit() < TORN_BEGIN ? NONE : UNREADABLE;
  }

  private static Form formOf(ByteBuffer bytes) {
    for (int i = 0; i < Math.min(HEADER.length, bytes.limit()); i++) {
      if (bytes.get(i) != HEADER[i]) {
        return i < NAME ? Form.UNREADABLE : Form.FOREIGN;
      }
    }
    return bytes.limit() < HEADER.length ? Form.EMPTY : Form.SEGMENT;
  }

  private void read(ByteBuffer bytes) {
    end = HEADER.length;
    for (Frame frame = Frame.next(bytes, end); frame != null; frame = Frame.next(bytes, end)) {
      damaged |= frame.start() != end;
      end = frame.end();
      ByteBuffer payload = frame.payload();
      switch (frame.kind()) {
        case Frame.ORIGIN -> {
          origin = new byte[payload.remaining()];
          payload.get(origin);
        }
        case Frame.EVENT -> events.put(payload.getInt(), payload.slice());
        case Frame.DONE -> done.set(payload.getInt(), payload.getInt());
        default -> damaged = true;
      }
    }
    damaged |= Frame.isWhole(bytes, end);
    if (damaged) {
      end = bytes.limit();
    }
  }

  Form form() {
    return form;
  }

  /** Where the events come from; empty when it is no segment. */
  byte[] origin() {
    return origin == null ? new byte[0] : origin;
  }

  /** The events by their index. */
  byte @Nullable [] event(int index) {
    ByteBuffer event = events.get(index);
    if (event == null) {
      return null;
    }
    byte[] bytes = new byte[event.remaining()];
    event.duplicate().get(bytes);
    return bytes;
  }

  /** How many events were written to it, those that cannot be read included. */
  int count() {
    return Math.max(done.length(), events.isEmpty() ? 0 : events.lastKey() + 1);
  }

  /** The indexes of events that are no longer needed. */
  BitSet done() {
    return (BitSet) done.clone();
  }

  /** The indexes of events that are still needed and can be read. */
  BitSet owed() {
    BitSet owed = new BitSet();
    events.keySet().forEach(owed::set);
    owed.andNot(done);
    return owed;
  }

  /** Whether there are bytes between the frames of which nothing can be made. */
  boolean isDamaged() {
    return damaged;
  }

  /** Where to write on: behind the last whole frame, or behind what is damaged. */
  int end() {
    return end;
  }
}
