package io.costattr.cli;

/** Text of an application on a terminal: none may command it. */
final class Terminal {
  private Terminal() {}

  /** The text, with control characters replaced. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean shown = type != Character.CONTROL && type != Character.FORMAT;
              safe.appendCodePoint(shown ? c : 0xfffd);
            });
    return safe.toString();
  }
}
