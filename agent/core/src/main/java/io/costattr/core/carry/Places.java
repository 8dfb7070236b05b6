package io.costattr.core.carry;

import java.util.ArrayList;
import java.util.List;

/** The places of this JVM: seldom more than three. Thread-safe. */
public final class Places {
  private static volatile Place[] all = {};
  private static boolean closed;

  private Places() {}

  /** From now on it is carried. */
  public static synchronized void add(Place place) {
    if (closed) {
      return;
    }
    List<Place> more = new ArrayList<>(List.of(all));
    more.add(place);
    all = more.toArray(new Place[0]);
  }

  /** It is gone, with the application that had it. */
  public static synchronized void remove(Place place) {
    List<Place> fewer = new ArrayList<>(List.of(all));
    fewer.remove(place);
    all = fewer.toArray(new Place[0]);
  }

  /** Nothing is carried, now and later. */
  public static synchronized void close() {
    closed = true;
    all = new Place[0];
  }

  /** Never to be written to. */
  static Place[] all() {
    return all;
  }
}
