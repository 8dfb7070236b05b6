package io.costattr.core.amend;

/**
 * Walks over the members of one JSON object. What is inside of a value is not checked but for its
 * strings and brackets. For one walk.
 */
final class Members {
  private final byte[] json;
  private final int end;
  private int at;

  /** Is told where a member stands. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param comma where the comma is that parts it from the member before; negative for the first
     * @param name where its name begins, with its quotation mark
     * @param nameEnd behind its name
     * @param value where its value begins
     * @param valueEnd behind its value
     */
    void member(int comma, int name, int nameEnd, int value, int valueEnd);
  }

  private Members(byte[] json, int from, int end) {
    this.json = json;
    this.at = from;
    this.end = end;
  }

  /**
   * Shows every member between two positions.
   *
   * @return whether that is one whole object, and nothing but blanks around it
   */
  static boolean walk(byte[] json, int from, int end, Visitor visitor) {
    return new Members(json, from, end).walk(visitor);
  }

  private boolean walk(Visitor visitor) {
    space();
    if (!take('{')) {
      return false;
    }
    space();
    if (take('}')) {
      return isBlankBehind();
    }
    int comma = -1;
    while (true) {
      space();
      int name = at;
      if (!string()) {
        return false;
      }
      int nameEnd = at;
      space();
      if (!take(':')) {
        return false;
      }
      space();
      int value = at;
      if (!value()) {
        return false;
      }
      visitor.member(comma, name, nameEnd, value, at);
      space();
      if (take('}')) {
        return isBlankBehind();
      }
      comma = at;
      if (!take(',')) {
        return false;
      }
    }
  }

  private boolean isBlankBehind() {
    space();
    return at == end;
  }

  private void space() {
    while (at < end && (json[at] & 0xFF) <= ' ') {
      at++;
    }
  }

  private boolean take(char wanted) {
    boolean there = at < end && json[at] == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    while (at < end) {
      byte b = json[at++];
      if (b == '"') {
        return true;
      }
      at += b == '\\' ? 1 : 0;
    }
    return false;
  }

  private boolean value() {
    int open = 0;
    int start = at;
    while (at < end) {
      byte b = json[at];
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
      } else if (open == 0 && (b == ',' || (b & 0xFF) <= ' ')) {
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
