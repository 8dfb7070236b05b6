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
  private final boolean whole;
  private boolean choicesAreEmpty;
  private boolean hasUsage;
  private boolean usageIsNull;
  private boolean saysMore;
  private int cutFrom;
  private int cutTo;

  /** The usage is the first member, and so far the last. */
  private boolean cutsFirst;

  private ChunkMembers(byte[] line, int from, int end) {
    this.line = line;
    this.whole = Members.walk(line, from, end, this::member);
  }

  static ChunkMembers of(byte[] line, int from, int end) {
    return new ChunkMembers(line, from, end);
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

  private void member(int comma, int name, int nameEnd, int value, int valueEnd) {
    if (cutsFirst) {
      // The first of several members takes the comma behind it with it.
      cutTo = name;
      cutsFirst = false;
    }
    boolean isNull = Arrays.equals(line, value, valueEnd, NULL, 0, NULL.length);
    if (is(USAGE, name, nameEnd)) {
      hasUsage = true;
      usageIsNull = isNull;
      cutsFirst = comma < 0;
      cutFrom = comma < 0 ? name : comma;
      cutTo = valueEnd;
    } else if (is(CHOICES, name, nameEnd)) {
      choicesAreEmpty = line[value] == '[' && isEmptyArray(value, valueEnd);
    } else if (!isNull && !isCommon(name, nameEnd)) {
      saysMore = true;
    }
  }

  private boolean isEmptyArray(int value, int valueEnd) {
    for (int i = value + 1; i < valueEnd - 1; i++) {
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
}
