package io.costattr.loopback;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests from one connection (RFC 9112). One thread. */
final class WireReader {
  private static final int HEAD_LIMIT = 1 << 16;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final InputStream in;
  private final OutputStream out;
  private final int connection;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int limit;

  WireReader(InputStream in, OutputStream out, int connection) {
    this.in = in;
    this.out = out;
    this.connection = connection;
  }

  /** The next request with its whole body, or null when the peer has closed between two. */
  @Nullable WireRequest next() throws IOException {
    String start = line();
    if (start == null) {
      return null;
    }
    String[] words = start.split(" ", 3);
    if (words.length < 3) {
      throw new IOException("not a request line");
    }
    List<WireHeader> headers = headers();
    WireRequest head =
        new WireRequest(words[0], words[1], words[2], headers, new byte[0], connection);
    byte[] body = body(head);
    return body.length == 0
        ? head
        : new WireRequest(words[0], words[1], words[2], headers, body, connection);
  }

  /** All that comes from now on, as it comes. */
  InputStream rest() {
    byte[] read = Arrays.copyOfRange(buffer, position, limit);
    position = limit;
    return new SequenceInputStream(new ByteArrayInputStream(read), in);
  }

  /** Reads and drops until the peer closes. */
  void drain() throws IOException {
    position = limit;
    while (fill()) {
      position = limit;
    }
  }

  private byte[] body(WireRequest head) throws IOException {
    String length = head.header("content-length");
    boolean chunked = "chunked".equalsIgnoreCase(head.header("transfer-encoding"));
    if (!chunked && (length == null || length.equals("0"))) {
      return new byte[0];
    }
    if ("100-continue".equalsIgnoreCase(head.header("expect"))) {
      out.write(CONTINUE);
      out.flush();
    }
    if (!chunked && length != null) {
      byte[] body = new byte[Integer.parseInt(length)];
      read(body);
      return body;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String sizeLine = required(line());
      int extension = sizeLine.indexOf(';');
      String size = extension < 0 ? sizeLine : sizeLine.substring(0, extension);
      byte[] chunk = new byte[Integer.parseInt(size.trim(), 16)];
      if (chunk.length == 0) {
        headers();
        return body.toByteArray();
      }
      read(chunk);
      body.write(chunk);
      line();
    }
  }

  private List<WireHeader> headers() throws IOException {
    List<WireHeader> headers = new ArrayList<>();
    for (String line = required(line()); !line.isEmpty(); line = required(line())) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("not a header line");
      }
      headers.add(new WireHeader(line.substring(0, colon), line.substring(colon + 1).trim()));
    }
    return List.copyOf(headers);
  }

  private void read(byte[] into) throws IOException {
    int done = 0;
    while (done < into.length) {
      if (position == limit && !fill()) {
        throw new EOFException("the peer closed within a body");
      }
      int count = Math.min(limit - position, into.length - done);
      System.arraycopy(buffer, position, into, done, count);
      position += count;
      done += count;
    }
  }

  /** A line without its end, or null when the peer has closed before its first byte. */
  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (line.length() < HEAD_LIMIT) {
      if (position == limit && !fill()) {
        if (line.length() == 0) {
          return null;
        }
        throw new EOFException("the peer closed within a line");
      }
      char c = (char) (buffer[position++] & 0xff);
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append(c);
      }
    }
    throw new IOException("a line without end");
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  private static String required(@Nullable String line) throws EOFException {
    if (line == null) {
      throw new EOFException("the peer closed within a request");
    }
    return line;
  }
}
