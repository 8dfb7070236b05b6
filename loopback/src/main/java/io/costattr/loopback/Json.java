package io.costattr.loopback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) as plain values: maps that keep their order, lists, strings, longs, doubles,
 * booleans and null.
 */
final class Json {
  private static final int MAX_DEPTH = 200;

  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException when {@code text} is not one JSON value
   */
  static @Nullable Object parse(String text) {
    Json json = new Json(text);
    try {
      Object value = json.value(0);
      json.space();
      if (json.position < text.length()) {
        throw json.malformed();
      }
      return value;
    } catch (StringIndexOutOfBoundsException | NumberFormatException e) {
      throw json.malformed();
    }
  }

  /** An object of names and values by turns, in this order. */
  static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }

  static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder(512);
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof String string) {
      quote(string, out);
    } else if (value instanceof Map<?, ?> object) {
      char before = '{';
      for (Map.Entry<?, ?> member : object.entrySet()) {
        out.append(before);
        quote((String) member.getKey(), out);
        write(member.getValue(), out.append(':'));
        before = ',';
      }
      out.append(before == '{' ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      char before = '[';
      for (Object item : list) {
        write(item, out.append(before));
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
    } else {
      out.append(value);
    }
  }

  private static void quote(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private @Nullable Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed();
    }
    space();
    char c = text.charAt(position);
    return switch (c) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> members(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    position++;
    while (!closes('}', members.isEmpty())) {
      space();
      String name = string();
      space();
      expect(':');
      members.put(name, value(depth + 1));
    }
    return members;
  }

  private List<@Nullable Object> items(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    position++;
    while (!closes(']', items.isEmpty())) {
      items.add(value(depth + 1));
    }
    return items;
  }

  /** Takes the closing bracket, or, unless at the first element, the comma before the next. */
  private boolean closes(char bracket, boolean first) {
    space();
    if (text.charAt(position) == bracket) {
      position++;
      return true;
    }
    if (!first) {
      expect(',');
    }
    return false;
  }

  private String string() {
    expect('"');
    int from = position;
    while (text.charAt(position) != '"' && text.charAt(position) != '\\') {
      position++;
    }
    if (text.charAt(position) == '"') {
      return text.substring(from, position++);
    }
    StringBuilder string = new StringBuilder(text.substring(from, position));
    for (char c = text.charAt(position++); c != '"'; c = text.charAt(position++)) {
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = text.charAt(position++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        position += 4;
        yield (char) Integer.parseInt(text.substring(position - 4, position), 16);
      }
      case '"', '\\', '/' -> c;
      default -> throw malformed();
    };
  }

  private Object number() {
    int from = position;
    while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    String number = text.substring(from, position);
    boolean whole = number.chars().allMatch(c -> c == '-' || Character.isDigit(c));
    return whole ? (Object) Long.valueOf(number) : (Object) Double.valueOf(number);
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, position)) {
      throw malformed();
    }
    position += word.length();
    return meaning;
  }

  private void expect(char c) {
    if (text.charAt(position) != c) {
      throw malformed();
    }
    position++;
  }

  private void space() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("not JSON at character " + position);
  }
}
