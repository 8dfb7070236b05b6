package io.costattr.core.accounting;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The containers that have been billed: several responses of a conversation run their code in one,
 * which is paid for once. One that is idle for 20 minutes is gone for good, so that the oldest of
 * many can be forgotten. Thread-safe.
 */
final class Containers {
  private static final int MOST = 4_096;

  private final Set<String> billed = new LinkedHashSet<>();

  /** How many of them have not been billed before; they are from now on. */
  synchronized int bill(Set<String> used) {
    int fresh = 0;
    for (String id : used) {
      if (billed.remove(id)) {
        // Used again: among the youngest.
        billed.add(id);
        continue;
      }
      billed.add(id);
      fresh++;
      if (billed.size() > MOST) {
        Iterator<String> oldest = billed.iterator();
        oldest.next();
        oldest.remove();
      }
    }
    return fresh;
  }
}
