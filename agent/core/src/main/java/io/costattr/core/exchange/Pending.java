package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work that a provider has accepted and will answer by another call, by the id under which the
 * answer can be asked for. The first answer that says how it ended is counted, for whoever asked
 * for the work. Bounded: of more than {@link #MOST} the oldest are forgotten. Thread-safe.
 */
final class Pending {
  static final int MOST = 4_096;

  private final Map<String, Origin> byId = new LinkedHashMap<>();
  private volatile boolean empty = true;

  /**
   * The attempt by which work was asked for; its texts have been given back.
   *
   * @param id under which the answer can be asked for
   * @param number of the attempt
   */
  record Origin(
      String id,
      Call call,
      Route route,
      Reading request,
      int number,
      Instant startedAt,
      long startNanos,
      String host,
      int port) {}

  void add(Origin origin) {
    boolean full;
    synchronized (byId) {
      byId.put(origin.id(), origin);
      full = byId.size() > MOST;
      if (full) {
        Iterator<String> oldest = byId.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      empty = false;
    }
    if (full) {
      Log.warnOnce(
          "pending",
          "more than "
              + MOST
              + " responses in the background have not been asked for yet: what the oldest cost will"
              + " not be known");
    }
  }

  /**
   * The origin of the work that a path asks about: its last segment, but for a wish to cancel, is
   * the id. Null when it is of none, which costs one look where there is no such work at all.
   */
  @Nullable Origin find(String path) {
    if (empty) {
      return null;
    }
    int end = path.endsWith("/cancel") ? path.length() - "/cancel".length() : path.length();
    String id = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    synchronized (byId) {
      return byId.get(id);
    }
  }

  /** Forgets that work, whose end is known now; false when somebody else has done so before. */
  boolean settle(String id) {
    synchronized (byId) {
      boolean mine = byId.remove(id) != null;
      empty = byId.isEmpty();
      return mine;
    }
  }
}
