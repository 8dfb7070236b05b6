package io.costattr.advice.apache4;

import io.costattr.core.Log;
import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;

/** Parts of files that have gone to a connection, or come from it, past the program's memory. */
final class FilePieces {
  private static final int PIECE = 8 * 1024;

  private FilePieces() {}

  /** Shows a part of that file; one that can only be written to is not shown. */
  static void show(FileChannel file, long position, long count, ObservedBody observer) {
    if (count <= 0) {
      return;
    }
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count));
    try {
      for (long shown = 0; shown < count; ) {
        piece.clear().limit((int) Math.min(PIECE, count - shown));
        int read = file.read(piece, position + shown);
        if (read < 0) {
          return;
        }
        observer.accept(piece.flip());
        shown += read;
      }
    } catch (IOException | NonReadableChannelException unreadable) {
      Log.debug("a file's part is not seen: " + unreadable);
    }
  }
}
