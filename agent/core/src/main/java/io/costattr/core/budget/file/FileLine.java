package io.costattr.core.budget.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.budget.Account;
import java.net.URLDecoder;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One line of the file, words with a blank between them and a check of them behind:
 *
 * <pre>
 *   spent BUDGET VALUE SLOT UNTIL AMOUNT CHECK
 *   mark TEXT UNTIL CHECK
 * </pre>
 *
 * Names are percent-encoded where they would break a line; a very long one is its beginning and a
 * digest. Times are milliseconds since 1970 (UTC). A line that was cut somewhere has no right
 * check, and does not count.
 *
 * @param key what is counted under, see {@link Totals#key}
 * @param amount what was spent; 0 for a mark
 * @param until when it may be forgotten
 * @param subject how many bytes tell what it counts under
 */
record FileLine(long key, long amount, long until, int subject) {
  private static final String SPENT = "spent ";
  private static final String MARK = "mark ";
  private static final int LONGEST = 256;
  private static final int BEGINNING = 64;
  private static final int CHECK = 8;
  private static final HexFormat HEX = HexFormat.of();

  /** How long the check is, with the blank before it. */
  static final int TAIL = CHECK + 1;

  /** What a line about spending says, in words. */
  record Spent(String value, long slot, long amount) {

    /**
     * @param words of a line that is good, without its check
     * @return null when it is about something else than that budget
     */
    static @Nullable Spent of(String words, String budget) {
      String[] parts = words.split(" ");
      return parts.length == 6 && words.startsWith(SPENT) && parts[1].equals(word(budget))
          ? new Spent(name(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[5]))
          : null;
    }
  }

  /** The first words of a line about spending, which tell what it counts under. */
  static String subject(Account account, long slot) {
    return SPENT + word(account.budget()) + ' ' + word(account.value()) + ' ' + slot;
  }

  /** The first words of a mark. */
  static String subject(String mark) {
    return MARK + word(mark);
  }

  /** The key of a line that begins so. */
  static long key(String subject) {
    byte[] bytes = subject.getBytes(UTF_8);
    return Totals.key(bytes, 0, bytes.length);
  }

  static String spent(String subject, long until, long amount) {
    return checked(subject + ' ' + until + ' ' + amount);
  }

  static String mark(String subject, long until) {
    return checked(subject + ' ' + until);
  }

  private static String checked(String words) {
    byte[] bytes = words.getBytes(UTF_8);
    return words + ' ' + check(bytes, 0, bytes.length) + '\n';
  }

  private static String check(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return HEX.toHexDigits((int) crc.getValue());
  }

  /** A name as one word. */
  static String word(String name) {
    if (name.isEmpty()) {
      return "%-";
    }
    if (name.length() > LONGEST) {
      return word(name.substring(0, BEGINNING)) + "%" + Account.keyPart(name);
    }
    StringBuilder word = null;
    byte[] bytes = name.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xFF;
      boolean plain = b > ' ' && b != '%' && b != 0x7F;
      if (!plain && word == null) {
        word = new StringBuilder(new String(bytes, 0, i, ISO_8859_1));
      }
      if (word != null) {
        if (plain) {
          word.append((char) b);
        } else {
          word.append('%').append(HEX.toHexDigits((byte) b));
        }
      }
    }
    return word == null ? name : new String(word.toString().getBytes(ISO_8859_1), UTF_8);
  }

  /** The name of a word; of a very long one, its beginning and a digest. */
  private static String name(String word) {
    if (word.equals("%-")) {
      return "";
    }
    int digest = word.indexOf("%~");
    String plain = digest < 0 ? word : word.substring(0, digest);
    String name = URLDecoder.decode(plain.replace("+", "%2B"), UTF_8);
    return digest < 0 ? name : name + word.substring(digest + 1);
  }

  /** The line between two positions, without its end; null when it is none. */
  static @Nullable FileLine parse(byte[] bytes, int from, int to) {
    int words = to - CHECK - 1;
    if (words <= from
        || bytes[words] != ' '
        || !new String(bytes, words + 1, CHECK, ISO_8859_1).equals(check(bytes, from, words))) {
      return null;
    }
    try {
      if (starts(bytes, from, words, SPENT)) {
        int amount = lastBlank(bytes, from, words);
        int until = lastBlank(bytes, from, amount);
        return new FileLine(
            Totals.key(bytes, from, until),
            number(bytes, amount + 1, words),
            number(bytes, until + 1, amount),
            until - from);
      }
      if (starts(bytes, from, words, MARK)) {
        int until = lastBlank(bytes, from, words);
        return new FileLine(
            Totals.key(bytes, from, until), 0, number(bytes, until + 1, words), until - from);
      }
    } catch (NumberFormatException | IndexOutOfBoundsException notALine) {
      return null;
    }
    return null;
  }

  /**
   * The same line with other figures.
   *
   * @param bytes where it was parsed from, at that position
   */
  String with(byte[] bytes, int from, long newAmount, long newUntil) {
    String words = new String(bytes, from, subject, UTF_8);
    return words.startsWith(MARK) ? mark(words, newUntil) : spent(words, newUntil, newAmount);
  }

  private static boolean starts(byte[] bytes, int from, int to, String word) {
    if (to - from < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int lastBlank(byte[] bytes, int from, int to) {
    int at = to - 1;
    while (at > from && bytes[at] != ' ') {
      at--;
    }
    if (at == from) {
      throw new NumberFormatException();
    }
    return at;
  }

  private static long number(byte[] bytes, int from, int to) {
    return Long.parseLong(new String(bytes, from, to - from, ISO_8859_1));
  }
}
