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
   */
  static State state(String key, Map<String, String> fields, long from) {
    long spent = 0;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String name = field.getKey();
      String value = field.getValue();
      boolean counts = name.startsWith("b") || name.startsWith("u");
      if (counts && number(name.substring(1)) >= from) {
        spent = sum(spent, number(value));
      }
    }
    return new State(key, fields.get("n"), spent);
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
