package io.costattr.stores;

import io.costattr.stores.Link.State;
import java.util.Map;

/** Reads the hash that the script {@code exchange.lua} keeps of an account. */
final class RedisAccount {
  private RedisAccount() {}

  /**
   * How it stands.
   *
   * @param from the beginning of the first slot that counts
   * @param now milliseconds since 1970 (UTC)
   */
  static State state(String key, Map<String, String> fields, long from, long now) {
    long spent = 0;
    long leased = 0;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String name = field.getKey();
      String value = field.getValue();
      switch (name.charAt(0)) {
        case 'b', 'u' -> {
          if (number(name.substring(1)) >= from) {
            spent = sum(spent, number(value));
          }
        }
        case 'l' -> {
          int colon = value.indexOf(':');
          if (colon > 0 && number(value.substring(colon + 1)) > now) {
            leased = sum(leased, number(value.substring(0, colon)));
          }
        }
        default -> {}
      }
    }
    return new State(key, fields.get("n"), spent, leased);
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long number(String text) {
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException nonsense) {
      return 0;
    }
  }
}
