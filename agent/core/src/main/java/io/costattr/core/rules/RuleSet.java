package io.costattr.core.rules;

import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Bounds;
import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's rules, in the order of the file: the first that gives a value for a dimension or a tag
 * counts. What a stronger source has said is not asked for. A rule that throws gives nothing and is
 * said once. Immutable; may be asked on any thread.
 */
public final class RuleSet {
  /** None at all. */
  public static final RuleSet NONE = new RuleSet(List.of(), "");

  private static final int DIMENSIONS = Dimension.values().length;
  private static final Outcome.Listener NOBODY = (rule, target, value, reason) -> {};

  private final List<Rule> rules;
  private final String file;

  RuleSet(List<Rule> rules, String file) {
    this.rules = List.copyOf(rules);
    this.file = file;
  }

  /** How many there are. */
  public int size() {
    return rules.size();
  }

  /** Whether any asks something of the request that is served. */
  public boolean asksRequests() {
    for (Rule rule : rules) {
      for (Condition condition : rule.conditions()) {
        if (condition.fact() != null && condition.fact().kind().isOfRequest()) {
          return true;
        }
      }
      for (Rule.Setting setting : rule.settings()) {
        if (setting.value() instanceof Given.Taken taken && taken.from().kind().isOfRequest()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * What the rules say of a call.
   *
   * @param stronger what those have said that win over rules
   * @param weaker what those have said over whom rules win
   * @return null when they say nothing
   */
  public @Nullable Attribution say(Attribution stronger, Attribution weaker, Situation here) {
    return new Asking(stronger, weaker, here, NOBODY).say();
  }

  /** As {@link #say}, with what came of every setting. */
  public List<Outcome> preview(Attribution stronger, Attribution weaker, Situation here) {
    List<Outcome> outcomes = new ArrayList<>();
    Outcome.Listener listener =
        (rule, target, value, reason) ->
            outcomes.add(
                new Outcome(
                    rule.number(), rule.line(), target.name(), value, String.valueOf(reason)));
    new Asking(stronger, weaker, here, listener).say();
    return outcomes;
  }

  /** The rules, asked for one call. */
  private final class Asking {
    private final Attribution stronger;
    private final Attribution weaker;
    private final Situation here;
    private final Outcome.Listener listener;
    private final @Nullable String[] given = new String[DIMENSIONS];
    private Map<String, String> givenTags = Map.of();
    private boolean any;

    Asking(Attribution stronger, Attribution weaker, Situation here, Outcome.Listener listener) {
      this.stronger = stronger;
      this.weaker = weaker;
      this.here = here;
      this.listener = listener;
    }

    @Nullable Attribution say() {
      for (Rule rule : rules) {
        try {
          ask(rule);
        } catch (Throwable fault) {
          // Whatever it is comes from the application's or a framework's own classes.
          for (Rule.Setting setting : rule.settings()) {
            listener.of(rule, setting.target(), null, "it failed: " + fault);
          }
          Log.warnOnce(
              "rule:" + file + rule.line(),
              place(rule) + " failed (" + fault.getClass().getName() + "): it gives nothing");
        }
      }
      return any ? Attribution.by(Source.RULE, given, givenTags) : null;
    }

    private void ask(Rule rule) {
      boolean isWanted = false;
      for (Rule.Setting setting : rule.settings()) {
        String reason = saidBefore(setting.target());
        isWanted |= reason == null;
        if (reason != null) {
          listener.of(rule, setting.target(), null, reason);
        }
      }
      if (!isWanted) {
        return;
      }
      for (Condition condition : rule.conditions()) {
        if (!condition.holds(here, this::known)) {
          for (Rule.Setting setting : rule.settings()) {
            if (saidBefore(setting.target()) == null) {
              listener.of(rule, setting.target(), null, new Unmet(condition, value(condition)));
            }
          }
          return;
        }
      }
      for (Rule.Setting setting : rule.settings()) {
        if (saidBefore(setting.target()) == null) {
          give(rule, setting);
        }
      }
    }

    private @Nullable String value(Condition condition) {
      return listener == NOBODY ? null : condition.value(here, this::known);
    }

    private void give(Rule rule, Rule.Setting setting) {
      String value = setting.value().of(here);
      if (value == null || value.isBlank()) {
        listener.of(rule, setting.target(), null, "nothing from " + setting.value());
      } else if (!Bounds.fits(value)) {
        listener.of(rule, setting.target(), null, "too long, or with control characters");
        Log.warnOnce(
            "rule:value:" + file + rule.line(),
            place(rule)
                + " took a value that is longer than "
                + Bounds.MOST_CHARACTERS
                + " characters or has control characters: it does not count");
      } else {
        put(setting.target(), value);
        listener.of(rule, setting.target(), value, setting.value());
      }
    }

    private void put(Target target, String value) {
      any = true;
      Dimension dimension = target.dimension();
      if (dimension != null) {
        given[dimension.ordinal()] = value;
        return;
      }
      if (givenTags.isEmpty()) {
        givenTags = new HashMap<>();
      }
      givenTags.put(target.tag(), value);
    }

    private @Nullable String given(Target target) {
      Dimension dimension = target.dimension();
      return dimension == null ? givenTags.get(target.tag()) : given[dimension.ordinal()];
    }

    private @Nullable String saidBefore(Target target) {
      if (target.in(stronger) != null) {
        return "said by a stronger source";
      }
      return given(target) != null ? "given by a rule before it" : null;
    }

    private @Nullable String known(Target target) {
      String said = target.in(stronger);
      said = said == null ? given(target) : said;
      return said == null ? target.in(weaker) : said;
    }

    private String place(Rule rule) {
      return file + ", line " + rule.line() + ": rule " + rule.number();
    }
  }

  /** A condition that does not hold, put into words when somebody asks. */
  private record Unmet(Condition condition, @Nullable String value) {
    @Override
    public String toString() {
      return condition.unmet(value);
    }
  }
}
