package io.costattr.loopback;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call that will be answered.
 *
 * @param series of the server, so that two servers never give the same id
 * @param number of the call, from 1
 * @param model the snapshot that answers
 * @param ran the kinds of the provider's tools that run for it, as output items are called
 */
record Call(long series, long number, Prompt prompt, String model, Tally tally, List<String> ran) {

  /** An id as long as the provider's: {@code chatcmpl-1jz4k8p2x00000000000000000007}. */
  String id(String prefix) {
    String first = Long.toString(series, 36);
    String digits = Long.toString(number, 36);
    return prefix + first + "0".repeat(29 - first.length() - digits.length()) + digits;
  }

  long created() {
    return System.currentTimeMillis() / 1000;
  }

  String fingerprint() {
    return "fp_" + Integer.toHexString(0x10000000 | model.hashCode() >>> 4);
  }

  /** Adds padding, as the provider does against guessing tokens by the length of packets. */
  Map<String, @Nullable Object> obfuscated(Map<String, @Nullable Object> event, int position) {
    if (prompt.obfuscates()) {
      event.put("obfuscation", "kq3ZbVx07LsWm9Td".substring(0, 4 + (position * 5) % 13));
    }
    return event;
  }
}
