package io.costattr.core.rules;

import java.util.List;

/**
 * One entry of {@code rules:}.
 *
 * @param number from 1, as they stand in the file
 * @param line where it begins
 * @param conditions all of which must hold; empty for a rule that always holds
 * @param settings what it gives, each of another dimension or tag
 */
public record Rule(int number, int line, List<Condition> conditions, List<Setting> settings) {

  /** What one rule gives for one dimension or tag. */
  public record Setting(Target target, Given value) {}

  @Override
  public String toString() {
    return "rule " + number + " (line " + line + ")";
  }
}
