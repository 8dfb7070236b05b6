package io.costattr.loopback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.costattr.loopback.WireRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads requests from one connection, as RFC 9112 frames them. Not safe for two threads. */
final class RequestReader {
  private static final int LONGEST_LINE = 1 << 16;
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 14];
  private int position;
  private int limit;

  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** The next request, its body read in full; null when the peer has closed between requests. */
  @Nullable WireRequest read() throws IOException {
    if (position == limit && !fill()) {
      return null;
    }
    String line = line();
    while (line.isEmpty()) {
      line = line();
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new IOException("not an HTTP/1.1 request line: " + line);
    }
    List<Header> headers = new ArrayList<>();
    headers(headers);
    byte[] body = body(headers);
    return new WireRequest(parts[0], parts[1], List.copyOf(headers), body);
  }

  /** Blocks until the peer closes or the connection breaks; what arrives is dropped. */
  void drain() {
    try {
      do {
        position = limit;
      } while (fill());
    } catch (IOException ignored) {
      // The connection broke, which is what was waited for.
    }
  }

  private void headers(List<Header> headers) throws IOException {
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("not a header: " + line);
      }
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
  }

  private byte[] body(List<Header> headers) throws IOException {
    boolean chunked = false;
    long length = 0;
    for (Header header : headers) {
      switch (header.name().toLowerCase(Locale.ROOT)) {
        case "transfer-encoding" -> chunked = header.value().equalsIgnoreCase("chunked");
        case "content-length" -> length = Long.parseLong(header.value());
        case "expect" -> {
          if (header.value().equalsIgnoreCase("100-continue")) {
            out.write(CONTINUE);
            out.flush();
          }
        }
        default -> {}
      }
    }
    if (chunked) {
      return chunks(headers);
    }
    byte[] body = new byte[Math.toIntExact(length)];
    read(body);
    return body;
  }

  private byte[] chunks(List<Header> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = line();
      int extension = line.indexOf(';');
      int size = Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (size == 0) {
        headers(headers);
        return body.toByteArray();
      }
      byte[] chunk = new byte[size];
      read(chunk);
      body.write(chunk);
      if (!line().isEmpty()) {
        throw new IOException("a chunk is longer than its size says");
      }
    }
  }

  private void read(byte[] target) throws IOException {
    int done = Math.min(target.length, limit - position);
    System.arraycopy(buffer, position, target, 0, done);
    position += done;
    if (in.readNBytes(target, done, target.length - done) < target.length - done) {
      throw new EOFException("the peer closed inside a body");
    }
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      if (position == limit && !fill()) {
        throw new EOFException("the peer closed inside a head");
      }
      int start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      text.append(new String(buffer, start, position - start, ISO_8859_1));
      if (position < limit) {
        position++;
        int end = text.length();
        return end > 0 && text.charAt(end - 1) == '\r'
            ? text.substring(0, end - 1)
            : text.toString();
      }
      if (text.length() > LONGEST_LINE) {
        throw new IOException("a line of the head is too long");
      }
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }
}
