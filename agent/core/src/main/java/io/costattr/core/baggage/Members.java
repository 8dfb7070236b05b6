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

  /** The keys of nearly all members of the agent's. */
  private static final String[] KNOWN = {
    OWN + "customer.id",
    OWN + "feature",
    OWN + "team",
    OWN + "route",
    OWN + "environment",
    Signature.KEY
  };

  private final List<String> headers;
  private final Map<String, String> own = new LinkedHashMap<>();
  private @Nullable String signature;

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
    String key = equals == end ? null : key(header, begin, stripped(header, begin, equals));
    if (key == null) {
      return;
    }
    int from = equals + 1;
    while (from < end && isBlank(header.charAt(from))) {
      from++;
    }
    String value = value(header, from, end);
    if (key.equals(Signature.KEY)) {
      signature = merged(signature, value);
      return;
    }
    String before = own.put(key, value);
    if (before != null) {
      own.put(key, merged(before, value));
    }
  }

  /** The value of a key that came once more. */
  private static String merged(@Nullable String before, String value) {
    return before == null || before.equals(value) ? value : PercentCode.BROKEN;
  }

  /** What stands there, up to its properties. */
  private static String value(String header, int from, int end) {
    int to = PercentCode.plainUntil(header, from, end);
    if (to == end || header.charAt(to) == ';') {
      return header.substring(from, to);
    }
    while (to < end && header.charAt(to) != ';') {
      to++;
    }
    return PercentCode.decoded(header, from, stripped(header, from, to));
  }

  /** That part of a header; null when it cannot be a key. */
  private static @Nullable String key(String header, int begin, int end) {
    String known = known(header, begin, end, 0);
    if (known != null) {
      return known;
    }
    String key = header.substring(begin, end);
    return PercentCode.isToken(key) ? key : null;
  }

  /** The whole key of that name, which is part of a text: one of the agent's. */
  static String ownKey(String text, int begin, int end) {
    String known = known(text, begin, end, OWN.length());
    return known != null ? known : OWN + text.substring(begin, end);
  }

  /** The key that stands there without so many characters at its beginning; null for another. */
  private static @Nullable String known(String text, int begin, int end, int without) {
    for (String known : KNOWN) {
      if (known.length() - without == end - begin
          && text.regionMatches(begin, known, without, end - begin)) {
        return known;
      }
    }
    return null;
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

  /**
   * The agent's own but the signature, by their whole keys; a value that cannot be one is {@code
   * U+FFFD}.
   */
  Map<String, String> own() {
    return own;
  }

  /** That of {@link Signature#KEY}; null when there is none. */
  @Nullable String signature() {
    return signature;
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
