package io.costattr.core.scan;

import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Disposition} of one part of a form (RFC 7578, section 4.2).
 *
 * @param name of the field
 * @param isFile whether the part has a file name
 */
record FormHeader(String name, boolean isFile) {
  private static final String HEADER = "content-disposition:";

  /** Reads a line; null when it is another header, or names no field. */
  static @Nullable FormHeader read(String line) {
    if (!line.regionMatches(true, 0, HEADER, 0, HEADER.length())) {
      return null;
    }
    String name = null;
    boolean isFile = false;
    int i = parameter(line, HEADER.length());
    while (i < line.length()) {
      int equals = line.indexOf('=', i);
      if (equals < 0) {
        break;
      }
      String attribute = line.substring(i, equals).trim();
      int end = parameter(line, equals + 1);
      if (attribute.equalsIgnoreCase("name")) {
        name = value(line.substring(equals + 1, Math.max(equals + 1, valueEnd(line, end))));
      } else if (attribute.equalsIgnoreCase("filename")
          || attribute.equalsIgnoreCase("filename*")) {
        isFile = true;
      }
      i = end;
    }
    return name == null ? null : new FormHeader(name, isFile);
  }

  /** Behind the next semicolon outside of quotation marks, or the end. */
  private static int parameter(String line, int from) {
    boolean quoted = false;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i + 1;
      }
    }
    return line.length();
  }

  private static int valueEnd(String line, int next) {
    return next > 0 && next <= line.length() && line.charAt(next - 1) == ';' ? next - 1 : next;
  }

  private static String value(String written) {
    String text = written.trim();
    if (text.length() < 2 || text.charAt(0) != '"' || !text.endsWith("\"")) {
      return text;
    }
    StringBuilder value = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 2 < text.length()) {
        i++;
        c = text.charAt(i);
      }
      value.append(c);
    }
    return value.toString();
  }
}
