package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Writes random JSON documents in which the wanted names of {@link WantedPaths} are frequent. */
final class RandomJson {
  private static final List<String> NAMES =
      List.of(
          "model",
          "usage",
          "tokens",
          "details",
          "choices",
          "delta",
          "content",
          "metadata",
          "other",
          "",
          "y_Y",
          "\u00e9\ud83d\ude00");
  private static final String[] SPACES = {"", "", "", "", " ", "\n  ", "\r\n\t"};

  private final Random random;
  private final StringBuilder out = new StringBuilder();

  RandomJson(Random random) {
    this.random = random;
  }

  byte[] document() {
    if (random.nextInt(10) == 0) {
      out.append('\ufeff');
    }
    space();
    if (random.nextInt(20) == 0) {
      value(0);
    } else {
      object(0);
    }
    space();
    return out.toString().getBytes(UTF_8);
  }

  private void space() {
    out.append(SPACES[random.nextInt(SPACES.length)]);
  }

  /** Mostly of the type that a wanted path needs there. */
  private void member(String name, int depth) {
    boolean fitting = depth < 8 && random.nextInt(3) > 0;
    switch (fitting ? name : "") {
      case "usage", "details", "delta", "metadata" -> object(depth);
      case "choices" -> array(depth);
      default -> value(depth);
    }
  }

  private void value(int depth) {
    switch (random.nextInt(depth > 5 ? 6 : 10)) {
      case 0 -> out.append("null");
      case 1 -> out.append(random.nextBoolean());
      case 2 -> number();
      case 3, 4, 5 -> string(content());
      case 6, 7 -> object(depth);
      default -> array(depth);
    }
  }

  private void object(int depth) {
    out.append('{');
    int members = random.nextInt(depth == 0 ? 9 : 5);
    for (int i = 0; i < members; i++) {
      out.append(i == 0 ? "" : ",");
      space();
      String name = NAMES.get(random.nextInt(NAMES.size()));
      string(name);
      space();
      out.append(':');
      space();
      member(name, depth + 1);
      space();
    }
    space();
    out.append('}');
  }

  private void array(int depth) {
    out.append('[');
    int elements = random.nextInt(4);
    for (int i = 0; i < elements; i++) {
      out.append(i == 0 ? "" : ",");
      space();
      value(depth + 1);
      space();
    }
    space();
    out.append(']');
  }

  private void number() {
    switch (random.nextInt(5)) {
      case 0 -> out.append(random.nextInt(10));
      case 1 -> out.append(random.nextLong());
      case 2 -> out.append(random.nextGaussian());
      case 3 -> out.append(random.nextLong()).append(random.nextInt(1_000));
      default -> out.append(random.nextInt(1_000)).append("E-").append(random.nextInt(500));
    }
  }

  private String content() {
    int length = random.nextInt(30) == 0 ? 400 + random.nextInt(300) : random.nextInt(20);
    StringBuilder content = new StringBuilder();
    while (content.length() < length) {
      switch (random.nextInt(8)) {
        case 0 -> content.append((char) random.nextInt(0x80));
        case 1 -> content.append((char) (0x80 + random.nextInt(0x800)));
        case 2 -> content.appendCodePoint(0x10000 + random.nextInt(0x1000));
        case 3 -> content.append((char) random.nextInt(0x10000));
        case 4 -> content.append("\"\\{}[]:,/".charAt(random.nextInt(9)));
        default -> content.append((char) ('a' + random.nextInt(26)));
      }
    }
    return content.toString();
  }

  private void string(String content) {
    out.append('"');
    for (int i = 0; i < content.length(); ) {
      int character = content.codePointAt(i);
      character(character);
      i += Character.charCount(character);
    }
    out.append('"');
  }

  private void character(int character) {
    boolean lone = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    int simple = "\b\f\n\r\t".indexOf(character);
    if (character == '"' || character == '\\') {
      out.append('\\').append((char) character);
    } else if (simple >= 0 && random.nextBoolean()) {
      out.append('\\').append("bfnrt".charAt(simple));
    } else if (character < ' ' || lone || random.nextInt(6) == 0) {
      for (char unit : Character.toChars(character)) {
        out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit));
      }
    } else {
      out.appendCodePoint(character);
    }
  }

  /** The same document with some of its bytes changed, lost or doubled. */
  static byte[] mutated(byte[] document, Random random) {
    String hostile = "\"\\{}[]:,0-eu \u0000\u00ff\u00c3";
    StringBuilder bytes = new StringBuilder(new String(document, StandardCharsets.ISO_8859_1));
    for (int times = 1 + random.nextInt(4); times > 0 && bytes.length() > 0; times--) {
      int at = random.nextInt(bytes.length());
      char byHostile = hostile.charAt(random.nextInt(hostile.length()));
      switch (random.nextInt(5)) {
        case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
        case 1 -> bytes.setCharAt(at, byHostile);
        case 2 -> bytes.insert(at, byHostile);
        case 3 -> bytes.deleteCharAt(at);
        default -> bytes.setLength(at);
      }
    }
    return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
