package io.costattr.core.batch;

import io.costattr.core.attribution.Attribution;
import org.jspecify.annotations.Nullable;

/** What is kept of lines takes at most that many bytes of heap, on a 64-bit JVM. */
final class Footprint {
  /** A string's header, its array's, and what both are rounded up by. */
  private static final int STRING = 48;

  /** An entry of a hash map, with its share of a table that is sparsely filled. */
  private static final int ENTRY = 64;

  private static final int LINE = 96;

  private Footprint() {}

  /** A name and its place in a map. */
  static long of(String name) {
    return ENTRY + text(name);
  }

  /** What a line says, and its place in the map of those that differ. */
  static long of(RequestLine line) {
    Attribution said = line.attribution();
    long bytes =
        ENTRY
            + LINE
            + text(line.pictureModel())
            + text(said.feature())
            + text(said.route())
            + text(said.customerId())
            + text(said.team())
            + text(said.environment());
    for (var tag : said.tags().entrySet()) {
      bytes += ENTRY + text(tag.getKey()) + text(tag.getValue());
    }
    return bytes;
  }

  private static long text(@Nullable String text) {
    return text == null ? 0 : STRING + 2L * text.length();
  }
}
