package io.costattr.advice.jetty;

import io.costattr.core.exchange.ObservedBody;
import org.eclipse.jetty.io.Content;

/** Bodies of requests from 12.0 on, which are sources that can be wound back. */
final class Sources {
  private Sources() {}

  static void show(Object body, ObservedBody reader) {
    Content.Source source = (Content.Source) body;
    try {
      read(source, reader);
    } finally {
      source.rewind();
    }
  }

  private static void read(Content.Source source, ObservedBody reader) {
    for (Content.Chunk chunk = source.read(); chunk != null; chunk = source.read()) {
      if (chunk.hasRemaining()) {
        reader.accept(chunk.getByteBuffer());
      }
      chunk.release();
      if (chunk.isLast()) {
        return;
      }
    }
  }
}
