package io.costattr.loopback;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** A content coding of RFC 9110, section 8.4.1; {@code deflate} is the zlib format. */
public enum Encoding {
  GZIP,
  DEFLATE;

  /** An encoder whose {@code flush} emits all that was written so far. */
  DeflaterOutputStream over(OutputStream sink) throws IOException {
    return switch (this) {
      case GZIP -> new GZIPOutputStream(sink, true);
      case DEFLATE -> new DeflaterOutputStream(sink, true);
    };
  }

  String token() {
    return this == GZIP ? "gzip" : "deflate";
  }
}
