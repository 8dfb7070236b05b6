package io.costattr.core.attribution;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dimensions a call must have, and what becomes of one that lacks some: {@code
 * costattr.policy.*}. What is said of a feature wins over what is said of an environment, and that
 * over the rest. Immutable; judging makes no object.
 */
public final class Policy {

  /** What becomes of a call that lacks a dimension. */
  public enum Action {
    /** It is counted and its call site is said. */
    WARN,
    /** It is refused before anything is sent. */
    REJECT,
    /** Nothing. */
    IGNORE
  }

  /**
   * Of one call.
   *
   * @param missing the dimensions that it must have and lacks; none where they are ignored
   */
  public record Verdict(Action action, Set<Dimension> missing) {

    /** Whether it is worth looking where the call comes from; the environment alone is not. */
    public boolean needsCallSite() {
      return !missing.isEmpty()
          && (action == Action.REJECT
              || missing.size() > 1
              || !missing.contains(Dimension.ENVIRONMENT));
    }
  }

  private static final int VERDICTS = 1 << Dimension.values().length;

  /** The verdicts on calls by what they lack, a bit for each dimension. */
  private record Rule(List<Verdict> verdicts) {
    static Rule of(Action action, Set<Dimension> required) {
      List<Verdict> verdicts = new ArrayList<>(VERDICTS);
      for (int lacking = 0; lacking < VERDICTS; lacking++) {
        Set<Dimension> missing = EnumSet.noneOf(Dimension.class);
        for (Dimension dimension : required) {
          if (action != Action.IGNORE && (lacking & (1 << dimension.ordinal())) != 0) {
            missing.add(dimension);
          }
        }
        verdicts.add(new Verdict(action, Collections.unmodifiableSet(missing)));
      }
      return new Rule(verdicts);
    }
  }

  private final Rule general;
  private final Map<String, Rule> byEnvironment = new HashMap<>();
  private final Map<String, Rule> byFeature = new HashMap<>();
  private final boolean mayReject;

  /** Without configuration: every dimension is required, and nothing is refused. */
  static final Policy DEFAULT = new Policy(Rule.of(Action.WARN, EnumSet.allOf(Dimension.class)));

  private Policy(Rule general) {
    this.general = general;
    this.mayReject = false;
  }

  private Policy(Config config) {
    Set<Dimension> required = dimensions(String.valueOf(config.text(Key.POLICY_REQUIRED)));
    Action action = action(String.valueOf(config.text(Key.POLICY_MISSING)));
    boolean rejects = action == Action.REJECT;
    general = Rule.of(action, required);
    rejects |= read(config.family(Key.POLICY_ENVIRONMENT), required, byEnvironment);
    rejects |= read(config.family(Key.POLICY_FEATURE), required, byFeature);
    mayReject = rejects;
  }

  public static Policy of(Config config) {
    return new Policy(config);
  }

  private static boolean read(
      Map<String, String> said, Set<Dimension> required, Map<String, Rule> rules) {
    boolean rejects = false;
    for (Map.Entry<String, String> one : said.entrySet()) {
      String[] words = one.getValue().split("\\s+", 2);
      Action action = action(words[0]);
      rejects |= action == Action.REJECT;
      rules.put(one.getKey(), Rule.of(action, words.length > 1 ? dimensions(words[1]) : required));
    }
    return rejects;
  }

  private static Action action(String word) {
    return Action.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Set<Dimension> dimensions(String names) {
    Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    for (String name : names.split("[,+\\s]+")) {
      Dimension dimension = Dimension.find(name);
      if (dimension != null) {
        dimensions.add(dimension);
      }
    }
    return dimensions;
  }

  /** Whether any call is refused at all. */
  public boolean mayReject() {
    return mayReject;
  }

  /** What becomes of a call of which only that was said, with those defaults. */
  Verdict judge(Attribution said, Attribution defaults) {
    return rule(said, defaults)
        .verdicts
        .get(said.sources().missing() & defaults.sources().missing());
  }

  private Rule rule(Attribution said, Attribution defaults) {
    Rule rule = byFeature.isEmpty() ? null : find(byFeature, said.feature(), defaults.feature());
    if (rule == null && !byEnvironment.isEmpty()) {
      rule = find(byEnvironment, said.environment(), defaults.environment());
    }
    return rule == null ? general : rule;
  }

  private static @Nullable Rule find(
      Map<String, Rule> rules, @Nullable String said, @Nullable String byDefault) {
    String name = said == null ? byDefault : said;
    return name == null ? null : rules.get(name);
  }
}
