package io.costattr.core.budget;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much each value of a budget may use, in the budget's unit: a default, and exceptions in a
 * table that holds a million of them in some 20 MB beside their names. Immutable.
 */
final class Limits {
  /** No limit: the value is counted, and nothing is done. */
  static final long UNLIMITED = Long.MAX_VALUE;

  private final long otherwise;
  private final @Nullable String[] names;
  private final long[] amounts;
  private final int size;

  Limits(long otherwise, Map<String, Long> exceptions) {
    this.otherwise = otherwise;
    size = exceptions.size();
    int room = size == 0 ? 1 : (int) Math.min(1 << 30, size * 3L / 2 + 1);
    names = new String[room];
    amounts = new long[room];
    exceptions.forEach(this::put);
  }

  private void put(String name, long amount) {
    int at = start(name);
    while (names[at] != null) {
      at = at + 1 == names.length ? 0 : at + 1;
    }
    names[at] = name;
    amounts[at] = amount;
  }

  private int start(String name) {
    return (int) ((Integer.toUnsignedLong(name.hashCode() * 0x9E3779B9) * names.length) >>> 32);
  }

  /** The limit of that value. */
  long of(String name) {
    int at = find(name);
    return at < 0 ? otherwise : amounts[at];
  }

  /** The instance of that name that is kept here anyway; else the one given. */
  String kept(String name) {
    int at = find(name);
    String known = at < 0 ? null : names[at];
    return known == null ? name : known;
  }

  private int find(String name) {
    if (size == 0) {
      return -1;
    }
    int at = start(name);
    for (String other = names[at]; other != null; other = names[at]) {
      if (other.equals(name)) {
        return at;
      }
      at = at + 1 == names.length ? 0 : at + 1;
    }
    return -1;
  }

  /** The limit of a value without an exception. */
  long otherwise() {
    return otherwise;
  }

  int exceptions() {
    return size;
  }
}
