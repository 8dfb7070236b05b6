package io.costattr.advice.okhttp;

import io.costattr.core.Log;
import io.costattr.core.exchange.ObservedBody;
import okio.Buffer;

/** Shows a range of a buffer to an observer where it lies, segment by segment, without a copy. */
final class SegmentReader {
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();

  /** Never throws; the buffer is not changed. */
  void show(Buffer buffer, long from, long count, ObservedBody observer) {
    try {
      buffer.readUnsafe(cursor);
      try {
        long left = count;
        cursor.seek(from);
        while (left > 0 && cursor.data != null) {
          int length = (int) Math.min(left, cursor.end - cursor.start);
          observer.accept(cursor.data, cursor.start, length);
          left -= length;
          if (left > 0) {
            cursor.next();
          }
        }
      } finally {
        cursor.close();
      }
    } catch (Throwable fault) {
      Log.fault("reading a buffer of OkHttp", fault);
    }
  }
}
