package io.costattr.core.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value that a rule gives. Immutable. */
sealed interface Given {

  /** Always that. */
  record Constant(String text) implements Given {
    @Override
    public String of(Situation here) {
      return text;
    }

    @Override
    public String toString() {
      return "\"" + text + "\"";
    }
  }

  /** What a value becomes that one of the patterns stands for. */
  record Mapping(Glob pattern, String text) {}

  /**
   * Taken from where the call is made, and made into what is wanted.
   *
   * @param match what the value must look like; null for anything
   * @param stripPrefix what is taken away from its beginning, where it is there
   * @param stripSuffix the same of its end
   * @param map what it becomes then, by the first that fits; empty when it stays as it is
   * @param otherwise what it becomes when none fits; null for nothing
   */
  record Taken(
      Asked from,
      @Nullable Glob match,
      String stripPrefix,
      String stripSuffix,
      List<Mapping> map,
      @Nullable String otherwise)
      implements Given {
    @Override
    public @Nullable String of(Situation here) {
      String value = from.of(here);
      if (value == null) {
        return null;
      }
      value = value.strip();
      if (value.isEmpty() || (match != null && !match.matches(value))) {
        return null;
      }
      return mapped(stripped(value));
    }

    private String stripped(String value) {
      String rest = value.startsWith(stripPrefix) ? value.substring(stripPrefix.length()) : value;
      return rest.endsWith(stripSuffix)
          ? rest.substring(0, rest.length() - stripSuffix.length())
          : rest;
    }

    private @Nullable String mapped(String value) {
      for (Mapping mapping : map) {
        boolean fits =
            from.kind().isCode()
                ? mapping.pattern().matchesOrHolds(value)
                : mapping.pattern().matches(value);
        if (fits) {
          return mapping.text();
        }
      }
      return map.isEmpty() ? value : otherwise;
    }

    @Override
    public String toString() {
      return from.toString();
    }
  }

  /** The value; null when there is none. */
  @Nullable String of(Situation here);
}
