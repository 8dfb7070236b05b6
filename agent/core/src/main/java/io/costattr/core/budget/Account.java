package io.costattr.core.budget;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a store counts under: a budget, for whom, and a slot of time. A calendar window is one slot;
 * a rolling one is many, and what counts is the sum of those that begin at {@code from} or later.
 * Times are milliseconds since 1970 (UTC). Immutable.
 *
 * @param budget the budget's identity, with what it counts and its window: {@code
 *     customers/usd/month,Europe/Berlin}. Any characters
 * @param value for whom, where every value has a budget of its own; of several dimensions, joined
 *     unmistakably. Empty where the budget is one. Any characters, of any length
 * @param from the beginning of the first slot that counts
 * @param slot the beginning of the slot that money goes to; {@code from} itself, unless it rolls
 * @param step how far slots are apart that count, from {@code from} to {@code slot}; 0 when there
 *     is only that one
 * @param until when the slot counts no more, so that a store may forget it a while later
 */
public record Account(String budget, String value, long from, long slot, long step, long until) {
  private static final int LONGEST = 128;
  private static final int DIGEST_BYTES = 16;

  /**
   * A text as a part of a key: itself where it is short and of letters, digits and {@code ._-@/,+=}
   * alone; else a tilde and 32 hexadecimal digits of its SHA-256.
   */
  public static String keyPart(String text) {
    if (text.length() <= LONGEST && isPlain(text)) {
      return text;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "~" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-'
              || c == '@'
              || c == '/'
              || c == ','
              || c == '+'
              || c == '=';
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
