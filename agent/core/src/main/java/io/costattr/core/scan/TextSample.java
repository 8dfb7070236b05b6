package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first {@link #LIMIT} bytes of a text that passes, and how many bytes there were in all, from
 * which its tokens can be estimated: {@code tokens(sampled) * bytesSeen / sampledBytes}.
 *
 * <p>Holds no buffer until the first byte comes, then 4 KiB, then 64 KiB, both from bounded pools
 * which it must be given back to by {@link #release}. One thread writes at a time; reading and
 * releasing from another is fine after a hand-over that makes the writes visible.
 */
public final class TextSample {
  /** Bytes that are kept. */
  public static final int LIMIT = 64 * 1024;

  private static final int SMALL = 4 * 1024;

  // Together at most 1.25 MiB stay allocated: enough for 64 short and 16 long answers at a time.
  static final BufferPool SMALL_BUFFERS = new BufferPool(SMALL, 64);
  static final BufferPool LARGE_BUFFERS = new BufferPool(LIMIT, 16);

  private static final byte[] EMPTY = {};
  private static final VarHandle BUFFER;

  static {
    try {
      BUFFER = MethodHandles.lookup().findVarHandle(TextSample.class, "buffer", byte[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Null once released. */
  private byte @Nullable [] buffer = EMPTY;

  private int sampledBytes;
  private long bytesSeen;

  /** Takes note of some more of the text: UTF-8, cut between any two bytes. Never throws. */
  public void append(byte[] bytes, int offset, int length) {
    bytesSeen += length;
    int kept = Math.min(length, LIMIT - sampledBytes);
    byte[] to = buffer;
    if (kept <= 0 || to == null) {
      return;
    }
    if (sampledBytes + kept > to.length) {
      to = grow(to, sampledBytes + kept);
    }
    System.arraycopy(bytes, offset, to, sampledBytes, kept);
    sampledBytes += kept;
  }

  private byte[] grow(byte[] from, int needed) {
    byte[] to = needed <= SMALL ? SMALL_BUFFERS.take() : LARGE_BUFFERS.take();
    System.arraycopy(from, 0, to, 0, sampledBytes);
    buffer = to;
    giveBack(from, sampledBytes);
    return to;
  }

  /** Appends to another sample what this one has, and has seen. */
  public void copyTo(TextSample other) {
    byte[] from = buffer;
    if (from != null) {
      other.append(from, 0, sampledBytes);
      other.bytesSeen += bytesSeen - sampledBytes;
    }
  }

  /** All bytes of the text, those beyond the sample included; still known after release. */
  public long bytesSeen() {
    return bytesSeen;
  }

  /** The bytes in the sample, at most {@link #LIMIT}; still known after release. */
  public int sampledBytes() {
    return sampledBytes;
  }

  /** Whether the sample is less than the text. */
  public boolean truncated() {
    return sampledBytes < bytesSeen;
  }

  /**
   * The sample; empty after {@link #release}. A character that was cut at its end is left out, and
   * bytes that are no UTF-8 become U+FFFD.
   */
  public String sampled() {
    byte[] from = buffer;
    return from == null ? "" : new String(from, 0, wholeCharacters(from), UTF_8);
  }

  private int wholeCharacters(byte[] from) {
    int end = sampledBytes;
    int lead = end - 1;
    while (lead >= 0 && lead > end - 4 && (from[lead] & 0xC0) == 0x80) {
      lead--;
    }
    if (lead < 0) {
      return end;
    }
    int first = from[lead] & 0xFF;
    int length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return lead + length > end ? lead : end;
  }

  /**
   * Gives the buffer back; what is appended afterwards is only counted. May be called again, also
   * by another thread.
   */
  public void release() {
    byte[] last = (byte[]) BUFFER.getAndSet(this, null);
    if (last != null) {
      giveBack(last, sampledBytes);
    }
  }

  /** What somebody wrote or was answered must not outlive the exchange: it is wiped. */
  private static void giveBack(byte[] buffer, int used) {
    Arrays.fill(buffer, 0, used, (byte) 0);
    if (buffer.length == SMALL) {
      SMALL_BUFFERS.give(buffer);
    } else if (buffer.length == LIMIT) {
      LARGE_BUFFERS.give(buffer);
    }
  }
}
