package io.costattr.core.rules;

/**
 * Something wrong with the rules of a file. The rule that it is in does not count.
 *
 * @param line from 1
 * @param key where, as {@code rules[2].when.header}
 * @param reason what is wrong, and what is allowed
 */
public record RuleFault(int line, String key, String reason) {
  @Override
  public String toString() {
    return "line " + line + ": " + key + ": " + reason;
  }
}
