package io.costattr.core.annotation;

import io.costattr.core.attribution.Bounds;
import java.util.ArrayList;
import java.util.List;

/**
 * What an element of {@code @Attributed} says: a text, or an argument and properties of it. There
 * is nothing else, on purpose: nothing is called but public accessors without arguments. Immutable.
 */
sealed interface Expression {
  /** What a user may write. */
  String GRAMMAR =
      "allowed is text without # ( ) ${, 'any text', #args[N] or #name, then .property";

  /** Always that. */
  record Text(String text) implements Expression {}

  /**
   * @param index which argument, from 0
   * @param properties of it, and of each other
   */
  record Argument(int index, List<String> properties) implements Expression {}

  /** A text that is no expression. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason);
    }
  }

  /**
   * Reads what is written.
   *
   * @param names of the method's parameters; empty when the class file does not tell them
   * @param parameters how many it has
   * @throws Refused when that is none of the grammar's
   */
  static Expression parse(String written, List<String> names, int parameters) throws Refused {
    if (written.startsWith("#")) {
      return argument(written, names, parameters);
    }
    boolean isQuoted = written.length() > 1 && written.startsWith("'") && written.endsWith("'");
    String text = isQuoted ? written.substring(1, written.length() - 1) : written;
    if (!isQuoted && looksEvaluated(text)) {
      throw new Refused("it looks like code, and none is run");
    }
    if (text.isBlank() || !Bounds.fits(text)) {
      throw new Refused(
          "a text is not blank, has at most "
              + Bounds.MOST_CHARACTERS
              + " characters and no control characters");
    }
    return new Text(text);
  }

  /** Somebody may have meant Spring's expressions, or a placeholder. */
  private static boolean looksEvaluated(String text) {
    return text.indexOf('#') >= 0
        || text.indexOf('(') >= 0
        || text.indexOf(')') >= 0
        || text.contains("${");
  }

  private static Argument argument(String written, List<String> names, int parameters)
      throws Refused {
    if (written.length() > Bounds.MOST_CHARACTERS) {
      throw new Refused("it is longer than " + Bounds.MOST_CHARACTERS + " characters");
    }
    String[] parts = written.substring(1).split("\\.", -1);
    int index =
        parts[0].startsWith("args[")
            ? numbered(parts[0], parameters)
            : named(parts[0], names, parameters);
    List<String> properties = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      if (!isName(parts[i]) || parts[i].equals("class")) {
        throw new Refused("\"" + parts[i] + "\" is no property");
      }
      properties.add(parts[i]);
    }
    return new Argument(index, List.copyOf(properties));
  }

  private static int numbered(String part, int parameters) throws Refused {
    String digits = part.endsWith("]") ? part.substring("args[".length(), part.length() - 1) : "";
    // 255 parameters are the most there are.
    if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(Expression::isDigit)) {
      throw new Refused("\"" + part + "\" is no argument");
    }
    int index = Integer.parseInt(digits);
    if (index >= parameters) {
      throw new Refused(
          parameters == 0
              ? "the method has no parameters"
              : "the method has parameters 0 to " + (parameters - 1));
    }
    return index;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static int named(String part, List<String> names, int parameters) throws Refused {
    if (!isName(part)) {
      throw new Refused("\"" + part + "\" is no parameter");
    }
    int index = names.indexOf(part);
    if (index >= 0) {
      return index;
    }
    throw new Refused(
        names.isEmpty() && parameters > 0
            ? "the class file does not name its parameters: compile with -parameters or write"
                + " #args[N]"
            : "the method has no parameter " + part);
  }

  private static boolean isName(String text) {
    if (text.isEmpty() || !Character.isJavaIdentifierStart(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!Character.isJavaIdentifierPart(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
