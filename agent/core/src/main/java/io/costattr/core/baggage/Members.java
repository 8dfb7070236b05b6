package io.costattr.core.baggage;

import io.costattr.core.Log;
import io.costattr.core.attribution.BaggageReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code baggage} headers of a request have: its members as they came, and decoded those
 * that are the agent's. A key that came twice with different values has none: whose it is nobody
 * knows.
 */
final class Members {
  static final String OWN = "costattr.";

  /** What W3C Baggage (section 3.3.2) has everybody carry at least; more is not read. */
  static final int MOST_CHARACTERS = 8_192;

  private final List<String> headers;
  private final Map<String, String> own = new LinkedHashMap<>();

  private Members(List<String> headers) {
    this.headers = headers;
  }

  /**
   * Reads the values of all such headers, as they came.
   *
   * @return null when that is more than may be, which is said once
   */
  static @Nullable Members read(List<String> headers) {
    Members members = new Members(headers);
    int characters = 0;
    int entries = 0;
    for (String header : headers) {
      characters += header.length();
      if (characters > MOST_CHARACTERS) {
        Log.warnOnce(
            "baggage:size",
            "a baggage header of more than "
                + MOST_CHARACTERS
                + " characters is not read, what it says of who pays does not count");
        return null;
      }
      entries += members.add(header);
    }
    return BaggageReader.isReadable(entries) ? members : null;
  }

  /** How many there are, the agent's or not. */
  private int add(String header) {
    int entries = 0;
    for (int from = 0; from <= header.length(); ) {
      int comma = header.indexOf(',', from);
      int to = comma < 0 ? header.length() : comma;
      while (from < to && isBlank(header.charAt(from))) {
        from++;
      }
      if (header.startsWith(OWN, from)) {
        addOwn(header, from, to);
      }
      from = to + 1;
      entries++;
    }
    return entries;
  }

  /** The member that is there in a header. */
  private void addOwn(String header, int begin, int end) {
    int equals = begin;
    while (equals < end && header.charAt(equals) != '=') {
      equals++;
    }
    String key = header.substring(begin, stripped(header, begin, equals));
    if (equals == end || !PercentCode.isToken(key)) {
      return;
    }
    int from = equals + 1;
    int to = from;
    while (to < end && header.charAt(to) != ';') {
      to++;
    }
    while (from < to && isBlank(header.charAt(from))) {
      from++;
    }
    String value = PercentCode.decoded(header, from, stripped(header, from, to));
    String before = own.put(key, value);
    if (before != null && !before.equals(value)) {
      own.put(key, PercentCode.BROKEN);
    }
  }

  /** The end of a part, without the blanks there. */
  private static int stripped(String header, int from, int to) {
    int end = to;
    while (end > from && isBlank(header.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static String key(String member) {
    int equals = member.indexOf('=');
    return (equals < 0 ? member : member.substring(0, equals)).strip();
  }

  /** The agent's own, by their whole keys; a value that cannot be one is {@code U+FFFD}. */
  Map<String, String> own() {
    return own;
  }

  /** All of them as they came, but that of one key. */
  List<String> without(String key) {
    List<String> others = new ArrayList<>();
    for (String header : headers) {
      for (String part : header.split(",")) {
        String member = part.strip();
        if (!member.isEmpty() && !key(member).equals(key)) {
          others.add(member);
        }
      }
    }
    return others;
  }
}
