package io.costattr.core.scan;

import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the {@code Content-Encoding} of a body as it passes (RFC 9110, section 8.4.1) and pushes
 * what comes out to another reader: gzip of any number of members, deflate with or without its zlib
 * wrapper, as servers send both, and identity. Other encodings are {@link #unsupported}: their
 * bytes are ignored.
 *
 * <p>A stream that breaks stops the decoding, never throws, and is {@link #corrupt}; what was
 * decoded before has been pushed on. A stream that is cut is not corrupt. Memory: one buffer of 8
 * KiB and zlib's window; {@link #close} gives the latter back.
 */
public final class ContentDecoder extends BodyReader implements AutoCloseable {
  /**
   * Bytes after which decoding stops. No answer of a model is as long, and a bomb of zeros, which
   * deflate packs a thousandfold, must not keep an application's thread for longer than some
   * seconds.
   */
  static final long MAX_DECODED = 4L << 30;

  private static final int BUFFER = 8 * 1024;
  private static final int TRAILER = 8;
  private static final int DEFLATE_METHOD = 8;

  private enum Coding {
    IDENTITY,
    GZIP,
    DEFLATE,
    UNSUPPORTED
  }

  private enum State {
    HEADER,
    SECOND_BYTE,
    BODY,
    TRAILER,
    OVER
  }

  private final Coding coding;
  private final BodyReader target;
  private final long maxDecoded;

  private State state = State.HEADER;
  private boolean corrupt;
  private boolean limited;
  private long decoded;

  private @Nullable GzipHeader header;
  private boolean laterMember;
  private int trailer;
  private byte firstByte;

  private @Nullable Inflater inflater;
  private byte @Nullable [] buffer;
  private volatile boolean closed;

  /**
   * A decoder of what the header says.
   *
   * @param contentEncoding the header's value, null when there is none; names in any case
   * @param target gets the decoded bytes, and the end
   */
  public ContentDecoder(@Nullable String contentEncoding, BodyReader target) {
    this(contentEncoding, target, MAX_DECODED);
  }

  ContentDecoder(@Nullable String contentEncoding, BodyReader target, long maxDecoded) {
    this.coding = coding(contentEncoding);
    this.target = target;
    this.maxDecoded = maxDecoded;
  }

  private static Coding coding(@Nullable String contentEncoding) {
    if (contentEncoding == null) {
      return Coding.IDENTITY;
    }
    return switch (contentEncoding.trim().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> Coding.IDENTITY;
      case "gzip", "x-gzip" -> Coding.GZIP;
      case "deflate" -> Coding.DEFLATE;
      default -> Coding.UNSUPPORTED;
    };
  }

  /** Whether the encoding is one that cannot be undone here, such as br or zstd. */
  public boolean unsupported() {
    return coding == Coding.UNSUPPORTED;
  }

  /** Whether the bytes were not what the header said. */
  public boolean corrupt() {
    return corrupt;
  }

  /** Whether more would have come out than is decoded at most. */
  public boolean limited() {
    return limited;
  }

  /** The bytes that have come out. */
  public long decodedBytes() {
    return decoded;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    if (coding == Coding.IDENTITY) {
      decoded += length;
      target.accept(bytes, offset, length);
      return;
    }
    if (coding == Coding.UNSUPPORTED) {
      return;
    }
    int i = offset;
    int end = offset + length;
    while (i < end && state != State.OVER && !closed) {
      i =
          switch (state) {
            case HEADER -> header(bytes[i], i);
            case SECOND_BYTE -> secondByte(bytes[i], i);
            case BODY -> inflate(bytes, i, end);
            case TRAILER -> trailer(i);
            case OVER -> end;
          };
    }
  }

  @Override
  public void end() {
    target.end();
    close();
  }

  /** Gives zlib's memory back; further bytes are ignored. May be called again. */
  @Override
  public void close() {
    closed = true;
    Inflater last = inflater;
    if (last != null) {
      last.end();
    }
  }

  private int header(byte b, int i) {
    if (coding == Coding.DEFLATE) {
      firstByte = b;
      state = State.SECOND_BYTE;
      return i + 1;
    }
    GzipHeader begun = header;
    if (begun == null) {
      begun = new GzipHeader();
      header = begun;
    }
    switch (begun.accept(b)) {
      case GzipHeader.WHOLE -> {
        begin(true);
        laterMember = true;
      }
      case GzipHeader.WRONG -> {
        // Servers pad; what is no member behind the first is ignored as java.util.zip does.
        corrupt = !laterMember;
        over();
      }
      default -> {}
    }
    return i + 1;
  }

  /** A zlib header is recognised by its method and its check bits (RFC 1950, section 2.2). */
  private int secondByte(byte b, int i) {
    int first = firstByte & 0xFF;
    boolean zlib = (first & 0x0F) == DEFLATE_METHOD && ((first << 8) + (b & 0xFF)) % 31 == 0;
    begin(!zlib);
    byte[] held = {firstByte};
    inflate(held, 0, 1);
    return i;
  }

  private void begin(boolean raw) {
    if (inflater == null) {
      inflater = new Inflater(raw);
      buffer = new byte[BUFFER];
    } else {
      inflater.reset();
    }
    state = State.BODY;
  }

  private int inflate(byte[] bytes, int from, int end) {
    Inflater current = inflater;
    byte[] out = buffer;
    if (current == null || out == null) {
      return end;
    }
    current.setInput(bytes, from, end - from);
    int length;
    while ((length = inflate(current, out)) > 0) {
      if (length > maxDecoded - decoded) {
        length = (int) (maxDecoded - decoded);
        limited = true;
      }
      decoded += length;
      target.accept(out, 0, length);
      if (limited) {
        over();
        return end;
      }
    }
    if (length < 0) {
      return end;
    }
    int next = end - current.getRemaining();
    if (current.finished()) {
      bodyOver();
    }
    return next;
  }

  /** The number of bytes that came out; 0 when more must go in, -1 when the stream is corrupt. */
  private int inflate(Inflater current, byte[] out) {
    try {
      int length = current.inflate(out);
      if (length > 0 || !current.needsDictionary()) {
        return length;
      }
    } catch (DataFormatException | RuntimeException e) {
      // Not what the header said; or, unchecked, another thread has closed the decoder meanwhile.
    }
    // A stream that wants a dictionary is corrupt too: HTTP has no way to agree on one.
    corrupt = !closed;
    over();
    return -1;
  }

  private void bodyOver() {
    if (coding == Coding.GZIP) {
      trailer = 0;
      state = State.TRAILER;
    } else {
      over();
    }
  }

  /** Length and checksum are the application's to check; the bytes have long been read. */
  private int trailer(int i) {
    if (++trailer == TRAILER) {
      header = null;
      state = State.HEADER;
    }
    return i + 1;
  }

  private void over() {
    state = State.OVER;
    close();
  }
}
