package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.budget.Reservation;
import io.costattr.core.dialect.Reading;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Work that a provider has accepted and will answer by another call, by the id under which the
 * answer can be asked for. The first answer that says how it ended is counted, for whoever asked
 * for the work. Bounded: of more than {@link #MOST} the oldest are forgotten. Thread-safe.
 */
final class Pending {
  static final int MOST = 4_096;

  private final Map<String, Origin> byId = new ConcurrentHashMap<>();
  private final Queue<String> inOrder = new ConcurrentLinkedQueue<>();

  /**
   * The attempt by which work was asked for.
   *
   * @param id under which the answer can be asked for
   * @param request what was asked for; its texts have been given back
   * @param reservation what budgets have set aside for it, until the answer is there
   */
  record Origin(String id, Start start, Reading request, Reservation reservation) {}

  void add(Origin origin) {
    if (byId.put(origin.id(), origin) == null) {
      inOrder.add(origin.id());
    }
    if (byId.size() > MOST) {
      String oldest = inOrder.poll();
      if (oldest != null) {
        byId.remove(oldest);
      }
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
   * the id. Null when it is of none, which costs one look where there is no such work at all, and
   * never waits.
   */
  @Nullable Origin find(String path) {
    if (byId.isEmpty()) {
      return null;
    }
    int end = path.endsWith("/cancel") ? path.length() - "/cancel".length() : path.length();
    return byId.get(path.substring(path.lastIndexOf('/', end - 1) + 1, end));
  }

  /** Forgets that work, whose end is known now; false when somebody else has done so before. */
  boolean settle(String id) {
    if (byId.remove(id) == null) {
      return false;
    }
    inOrder.remove(id);
    return true;
  }
}
