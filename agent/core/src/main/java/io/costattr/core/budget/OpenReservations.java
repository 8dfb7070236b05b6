package io.costattr.core.budget;

import org.jspecify.annotations.Nullable;

/**
 * The reservations that have not ended, oldest first: a list through the reservations themselves,
 * in several parts so that threads do not meet. Thread-safe.
 */
final class OpenReservations {
  private static final int PARTS = 16;

  private static final class Part {
    private @Nullable Reservation first;
    private @Nullable Reservation last;
  }

  private final Part[] parts = new Part[PARTS];

  OpenReservations() {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  private Part part(Reservation reservation) {
    return parts[reservation.part];
  }

  /**
   * It begins.
   *
   * @param now {@link System#nanoTime}
   */
  void add(Reservation reservation, long now) {
    reservation.part = (int) Thread.currentThread().getId() & (PARTS - 1);
    Part part = part(reservation);
    synchronized (part) {
      reservation.since = now;
      reservation.before = part.last;
      if (part.last == null) {
        part.first = reservation;
      } else {
        part.last.after = reservation;
      }
      part.last = reservation;
    }
  }

  /** It has ended. */
  void remove(Reservation reservation) {
    Part part = part(reservation);
    synchronized (part) {
      Reservation before = reservation.before;
      Reservation after = reservation.after;
      if (before == null && after == null && part.first != reservation) {
        return;
      }
      if (before == null) {
        part.first = after;
      } else {
        before.after = after;
      }
      if (after == null) {
        part.last = before;
      } else {
        after.before = before;
      }
      reservation.before = null;
      reservation.after = null;
    }
  }

  /** Lets those expire that are older. Returns how many did. */
  int expire(long nanos, long now) {
    int expired = 0;
    for (Part part : parts) {
      Reservation oldest = oldest(part);
      while (oldest != null && now - oldest.since > nanos) {
        remove(oldest);
        oldest.expire();
        expired++;
        oldest = oldest(part);
      }
    }
    return expired;
  }

  private static @Nullable Reservation oldest(Part part) {
    synchronized (part) {
      return part.first;
    }
  }

  /** How many there are. */
  int size() {
    int size = 0;
    for (Part part : parts) {
      synchronized (part) {
        for (Reservation one = part.first; one != null; one = one.after) {
          size++;
        }
      }
    }
    return size;
  }
}
