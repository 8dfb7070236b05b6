package io.costattr.loopback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Content codings of RFC 9110, section 8.4.1. */
public enum Coding {
  IDENTITY("identity"),
  GZIP("gzip"),
  /** The zlib format, as the specification asks. */
  DEFLATE("deflate");

  private static final int BUFFER = 512;

  private final String token;

  Coding(String token) {
    this.token = token;
  }

  /** The name in {@code Content-Encoding}. */
  public String token() {
    return token;
  }

  /** {@code plain} in this coding. */
  public byte[] encode(byte[] plain) {
    if (this == IDENTITY) {
      return plain;
    }
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream out = over(coded)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return coded.toByteArray();
  }

  /** A stream in this coding whose flush makes everything written so far readable. */
  OutputStream over(OutputStream sink) throws IOException {
    return switch (this) {
      case IDENTITY -> sink;
      case GZIP -> new GZIPOutputStream(sink, BUFFER, true);
      case DEFLATE -> new DeflaterOutputStream(sink, true);
    };
  }
}
