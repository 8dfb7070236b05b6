package io.costattr.export.spool;

import io.costattr.core.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that cannot be read, kept for whoever wants to know why, until the room is needed. */
final class SetAside {
  static final String SUFFIX = ".corrupt";

  private SetAside() {}

  /** Gives a segment a name that nobody takes for one, and says so once. */
  static void move(Path segment) throws IOException {
    String name = segment.getFileName().toString();
    Path aside =
        segment.resolveSibling(name.substring(0, name.length() - Spool.SUFFIX.length()) + SUFFIX);
    Files.move(segment, aside);
    Log.warnOnce(
        "spool:corrupt:" + aside.getParent(),
        "a file of the spool is damaged: what can be read of it is sent, and it is kept as "
            + aside
            + "; others like it are not named");
  }
}
