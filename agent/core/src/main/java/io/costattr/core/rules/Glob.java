package io.costattr.core.rules;

/**
 * A pattern of a user's: {@code *} stands for any characters but {@code /}, {@code **} for any
 * characters, everything else for itself. There is no more, so that no pattern takes long: matching
 * takes at most the product of both lengths. Immutable.
 */
final class Glob {
  private static final char ANY = '*';

  private final String pattern;

  /** Where its only star is, or its only two are, when that is at its end; else -1. */
  private final int beginning;

  Glob(String pattern) {
    this.pattern = pattern;
    int first = pattern.indexOf(ANY);
    String rest = first < 0 ? "" : pattern.substring(first);
    beginning = rest.equals("*") || rest.equals("**") ? first : -1;
  }

  /** Whether it stands for more than itself. */
  boolean isOpen() {
    return pattern.indexOf(ANY) >= 0;
  }

  /** Whether it stands for that text. */
  boolean matches(String text) {
    if (!isOpen()) {
      return pattern.equals(text);
    }
    if (beginning >= 0) {
      return text.regionMatches(0, pattern, 0, beginning)
          && (pattern.length() - beginning > 1 || text.indexOf('/', beginning) < 0);
    }
    // Which beginnings of the text are stood for by the pattern so far.
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (int at = 0; at < pattern.length(); at++) {
      if (pattern.charAt(at) != ANY) {
        literal(pattern.charAt(at), text, reached);
      } else {
        boolean isDouble = at + 1 < pattern.length() && pattern.charAt(at + 1) == ANY;
        any(isDouble, text, reached);
        at += isDouble ? 1 : 0;
      }
    }
    return reached[text.length()];
  }

  /**
   * Whether it names what that name of a class or method is, or is within: {@code com.acme} names
   * {@code com.acme.Chat.answer}.
   */
  boolean matchesOrHolds(String name) {
    if (isOpen()) {
      return matches(name);
    }
    if (!name.startsWith(pattern)) {
      return false;
    }
    int end = pattern.length();
    return end == name.length()
        || name.charAt(end) == '.'
        || name.charAt(end) == '$'
        || pattern.endsWith(".");
  }

  private static void literal(char c, String text, boolean[] reached) {
    for (int end = text.length(); end > 0; end--) {
      reached[end] = reached[end - 1] && text.charAt(end - 1) == c;
    }
    reached[0] = false;
  }

  private static void any(boolean isDouble, String text, boolean[] reached) {
    for (int end = 1; end < reached.length; end++) {
      reached[end] |= reached[end - 1] && (isDouble || text.charAt(end - 1) != '/');
    }
  }

  @Override
  public String toString() {
    return pattern;
  }
}
