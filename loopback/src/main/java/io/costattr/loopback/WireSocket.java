package io.costattr.loopback;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a web socket (RFC 6455), one frame at a time. Every frame is one write,
 * flushed. Used by the thread of the connection alone.
 */
public final class WireSocket {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private final InputStream in;
  private final OutputStream out;
  private int closeCode = -1;

  WireSocket(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** What a server answers to the client's {@code Sec-WebSocket-Key}. */
  static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a text as one frame. */
  public WireSocket text(String text) throws IOException {
    return frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a text in frames of so many bytes, cut wherever that is. */
  public WireSocket text(String text, int size) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      int to = Math.min(from + size, bytes.length);
      frame(
          to == bytes.length,
          from == 0 ? TEXT : CONTINUATION,
          java.util.Arrays.copyOfRange(bytes, from, to));
    }
    return this;
  }

  /** Sends bytes as one frame. */
  public WireSocket binary(byte[] bytes) throws IOException {
    return frame(true, BINARY, bytes);
  }

  /** Sends a ping. */
  public WireSocket ping(String text) throws IOException {
    return frame(true, PING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says that nothing more will come. */
  public WireSocket close(int code, String reason) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(code >> 8);
    payload.write(code);
    payload.write(reason.getBytes(StandardCharsets.UTF_8));
    return frame(true, CLOSE, payload.toByteArray());
  }

  /**
   * Waits for the next text, over pings, pongs and binary messages; null when the client has closed
   * instead.
   */
  public @Nullable String receive() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    boolean text = false;
    while (closeCode < 0) {
      int head = in.read();
      if (head < 0) {
        return null;
      }
      byte[] payload = payload();
      switch (head & 0x0F) {
        case TEXT, BINARY -> {
          text = (head & 0x0F) == TEXT;
          message.write(payload);
        }
        case CONTINUATION -> message.write(payload);
        case CLOSE ->
            closeCode =
                payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        default -> {
          continue;
        }
      }
      if ((head & 0x80) != 0 && (head & 0x0F) != CLOSE) {
        if (text) {
          return message.toString(StandardCharsets.UTF_8);
        }
        message.reset();
      }
    }
    return null;
  }

  /** The code with which the client has closed; negative before that. */
  public int closeCode() {
    return closeCode;
  }

  /** Answers the client's closing, once it comes. */
  public void awaitClose() throws IOException {
    while (receive() != null) {
      // What the client still had to say.
    }
    if (closeCode >= 0) {
      close(closeCode == 1005 ? 1000 : closeCode, "");
    }
  }

  private WireSocket frame(boolean last, int kind, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 10);
    frame.write((last ? 0x80 : 0) | kind);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.write(payload);
    frame.writeTo(out);
    out.flush();
    return this;
  }

  /** A client's payload is masked. */
  private byte[] payload() throws IOException {
    int second = required();
    long length = second & 0x7F;
    if (length == 126) {
      length = number(2);
    } else if (length == 127) {
      length = number(8);
    }
    byte[] mask = new byte[4];
    if ((second & 0x80) != 0) {
      read(mask);
    }
    byte[] payload = new byte[Math.toIntExact(length)];
    read(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }

  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = (number << 8) | required();
    }
    return number;
  }

  private int required() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("within a frame");
    }
    return next;
  }

  private void read(byte[] to) throws IOException {
    if (in.readNBytes(to, 0, to.length) < to.length) {
      throw new EOFException("within a frame");
    }
  }
}
