package io.costattr.core.amend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Where the members of a chunk of a chat stream stand that tell whether its usage is there for the
 * agent only. Made of one line; what is no JSON object has none of them.
 */
final class ChunkMembers {
  private static final byte[] USAGE = "\"usage\"".getBytes(US_ASCII);
  private static final byte[] CHOICES = "\"choices\"".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);

  /** Members that every chunk has, or that say nothing without choices. */
  private static final byte[][] COMMON = {
    "\"id\"".getBytes(US_ASCII),
    "\"object\"".getBytes(US_ASCII),
    "\"created\"".getBytes(US_ASCII),
    "\"model\"".getBytes(US_ASCII),
    "\"service_tier\"".getBytes(US_ASCII),
    "\"system_fingerprint\"".getBytes(US_ASCII),
    "\"obfuscation\"".getBytes(US_ASCII),
    CHOICES,
    USAGE
  };

  private final byte[] line;
  private final int end;
  private int at;

  private boolean whole;
  private boolean choicesAreEmpty;
  private boolean hasUsage;
  private boolean usageIsNull;
  private boolean saysMore;
  private int cutFrom;
  private int cutTo;

  private ChunkMembers(byte[] line, int from, int end) {
    this.line = line;
    this.at = from;
    this.end = end;
  }

  static ChunkMembers of(byte[] line, int from, int end) {
    ChunkMembers members = new ChunkMembers(line, from, end);
    members.read();
    return members;
  }

  /** Whether the chunk is the one with the usage of the whole stream, and says nothing else. */
  boolean isUsageAlone() {
    return whole && hasUsage && !usageIsNull && choicesAreEmpty && !saysMore;
  }

  /** Whether the chunk has a member {@code usage} that it would not have otherwise. */
  boolean hasSuperfluousUsage() {
    return whole && hasUsage && (usageIsNull || (choicesAreEmpty && saysMore));
  }

  /** Where that member begins, with the comma that parts it from the others. */
  int cutFrom() {
    return cutFrom;
  }

  /** Behind that member. */
  int cutTo() {
    return cutTo;
  }

  private void read() {
    space();
    if (!take('{')) {
      return;
    }
    int comma = -1;
    space();
    if (take('}')) {
      return;
    }
    while (true) {
      space();
      int name = at;
      if (!string()) {
        return;
      }
      int nameEnd = at;
      space();
      if (!take(':')) {
        return;
      }
      space();
      int value = at;
      if (!value()) {
        return;
      }
      member(name, nameEnd, value, comma);
      space();
      if (take('}')) {
        whole = isBlankBehind();
        return;
      }
      comma = at;
      if (!take(',')) {
        return;
      }
      if (hasUsage && cutFrom == name) {
        // The first of several members takes the comma behind it with it.
        space();
        cutTo = at;
      }
    }
  }

  private boolean isBlankBehind() {
    for (int i = at; i < end; i++) {
      if ((line[i] & 0xFF) > ' ') {
        return false;
      }
    }
    return true;
  }

  private void member(int name, int nameEnd, int value, int comma) {
    boolean isNull = Arrays.equals(line, value, at, NULL, 0, NULL.length);
    if (is(USAGE, name, nameEnd)) {
      hasUsage = true;
      usageIsNull = isNull;
      cutFrom = comma < 0 ? name : comma;
      cutTo = at;
    } else if (is(CHOICES, name, nameEnd)) {
      choicesAreEmpty = line[value] == '[' && isEmptyArray(value);
    } else if (!isNull && !isCommon(name, nameEnd)) {
      saysMore = true;
    }
  }

  private boolean isEmptyArray(int value) {
    for (int i = value + 1; i < at - 1; i++) {
      if (line[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  private boolean isCommon(int name, int nameEnd) {
    for (byte[] common : COMMON) {
      if (is(common, name, nameEnd)) {
        return true;
      }
    }
    return false;
  }

  private boolean is(byte[] name, int from, int to) {
    return Arrays.equals(line, from, to, name, 0, name.length);
  }

  private void space() {
    while (at < end && (line[at] == ' ' || line[at] == '\t')) {
      at++;
    }
  }

  private boolean take(char wanted) {
    boolean there = at < end && line[at] == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    while (at < end) {
      byte b = line[at++];
      if (b == '"') {
        return true;
      }
      at += b == '\\' ? 1 : 0;
    }
    return false;
  }

  /** Any value; its inside is not checked but for its strings and brackets. */
  private boolean value() {
    int open = 0;
    int start = at;
    while (at < end) {
      byte b = line[at];
      if (b == '"') {
        if (!string()) {
          return false;
        }
      } else if (b == '{' || b == '[') {
        open++;
        at++;
      } else if (b == '}' || b == ']') {
        if (open == 0) {
          return at > start;
        }
        open--;
        at++;
      } else if (open == 0 && (b == ',' || b == ' ' || b == '\t' || b == '\r' || b == '\n')) {
        return at > start;
      } else {
        at++;
      }
      if (open == 0 && (b == '"' || b == '}' || b == ']')) {
        return true;
      }
    }
    return false;
  }
}
