package io.costattr.core.rules;

import io.costattr.core.attribution.Bounds;
import io.costattr.core.config.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code rules:} of a configuration file. A rule with anything wrong in it does not count
 * at all: without one of its conditions it would say something of calls that are none of its. For
 * one file.
 */
public final class RuleReader {
  /** The section's name. */
  public static final String SECTION = "rules";

  private static final int MOST_RULES = 1_000;
  private static final String WHEN = "when";
  private static final String TARGETS = "feature, route, customer_id, team, environment, tag.NAME";
  private static final Set<String> SHAPING =
      Set.of("match", "strip_prefix", "strip_suffix", "map", "otherwise");

  private final String file;
  private final List<Rule> rules = new ArrayList<>();
  private final List<RuleFault> faults = new ArrayList<>();

  private RuleReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read, or is no YAML
   */
  public static RuleReader read(Path file) throws IOException {
    RuleReader reader = new RuleReader(file.toString());
    for (YamlNode section : YamlNode.sections(file, SECTION)) {
      reader.section(section);
    }
    return reader;
  }

  /** Those that have nothing wrong in them. */
  public RuleSet rules() {
    return rules.isEmpty() ? RuleSet.NONE : new RuleSet(rules, file);
  }

  /** Everything that is wrong, at most one for each rule. */
  public List<RuleFault> faults() {
    return faults;
  }

  /** Something is not allowed. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String key;

    Wrong(int line, String key, String reason) {
      super(reason);
      this.line = line;
      this.key = key;
    }
  }

  private void section(YamlNode section) {
    if (section.isNothing()) {
      return;
    }
    if (!section.isList()) {
      faults.add(
          new RuleFault(
              section.line(),
              SECTION,
              "a list is allowed, each rule behind a hyphen; none counts"));
      return;
    }
    int number = 0;
    for (YamlNode rule : section.items()) {
      number++;
      String key = SECTION + "[" + number + "]";
      try {
        if (number > MOST_RULES) {
          throw new Wrong(rule.line(), key, "there are more than " + MOST_RULES + " rules");
        }
        rules.add(rule(rule, number, key));
      } catch (Wrong wrong) {
        faults.add(
            new RuleFault(
                wrong.line, wrong.key, wrong.getMessage() + "; rule " + number + " is ignored"));
        if (number > MOST_RULES) {
          return;
        }
      }
    }
  }

  private static Rule rule(YamlNode node, int number, String key) throws Wrong {
    Map<String, YamlNode.Entry> entries = entries(node, key, "a rule is keys and values");
    List<Condition> conditions = new ArrayList<>();
    List<Rule.Setting> settings = new ArrayList<>();
    for (YamlNode.Entry entry : entries.values()) {
      String at = key + "." + entry.key();
      if (entry.key().equals(WHEN)) {
        conditions(entry.value(), at, conditions);
        continue;
      }
      Target target = Target.find(entry.key());
      if (target == null) {
        throw unknown(entry, at, TARGETS + ", " + WHEN);
      }
      for (Rule.Setting earlier : settings) {
        if (earlier.target().equals(target)) {
          throw new Wrong(entry.line(), at, "it is there twice");
        }
      }
      settings.add(new Rule.Setting(target, given(entry.value(), at)));
    }
    if (settings.isEmpty()) {
      throw new Wrong(node.line(), key, "it sets nothing; allowed are " + TARGETS);
    }
    return new Rule(number, node.line(), List.copyOf(conditions), List.copyOf(settings));
  }

  // What a rule gives.

  private static Given given(YamlNode node, String key) throws Wrong {
    if (!node.isMap()) {
      return new Given.Constant(text(node, key));
    }
    Map<String, YamlNode.Entry> entries = entries(node, key, "");
    Asked from = null;
    Map<String, YamlNode.Entry> shaping = new LinkedHashMap<>();
    for (YamlNode.Entry entry : entries.values()) {
      String at = key + "." + entry.key();
      Asked.Kind kind = takenFrom(entry.key());
      if (kind != null && from == null) {
        from = new Asked(kind, takenName(kind, entry, at));
      } else if (SHAPING.contains(entry.key())) {
        shaping.put(entry.key(), entry);
      } else {
        throw kind == null
            ? unknown(entry, at, sources() + ", " + String.join(", ", new TreeSet<>(SHAPING)))
            : new Wrong(entry.line(), at, "a value is taken from one place");
      }
    }
    if (from == null) {
      throw new Wrong(node.line(), key, "it says from where; allowed are " + sources());
    }
    return taken(from, shaping, key);
  }

  private static Given taken(Asked from, Map<String, YamlNode.Entry> shaping, String key)
      throws Wrong {
    String match = optional(shaping.get("match"), key);
    String prefix = optional(shaping.get("strip_prefix"), key);
    String suffix = optional(shaping.get("strip_suffix"), key);
    String otherwise = optional(shaping.get("otherwise"), key);
    List<Given.Mapping> map = new ArrayList<>();
    YamlNode.Entry mapped = shaping.get("map");
    if (mapped != null) {
      String at = key + ".map";
      for (YamlNode.Entry entry : entries(mapped.value(), at, "a map is values").values()) {
        map.add(
            new Given.Mapping(new Glob(entry.key()), text(entry.value(), at + "." + entry.key())));
      }
    }
    YamlNode.Entry alone = shaping.get("otherwise");
    if (alone != null && map.isEmpty()) {
      throw new Wrong(alone.line(), key + ".otherwise", "it goes with map");
    }
    return new Given.Taken(
        from,
        match == null ? null : new Glob(match),
        prefix == null ? "" : prefix,
        suffix == null ? "" : suffix,
        List.copyOf(map),
        otherwise);
  }

  private static Asked.@Nullable Kind takenFrom(String written) {
    for (Asked.Kind kind : Asked.Kind.values()) {
      // A path would make a value for every request, a job's class is no name.
      boolean isTaken = kind.isNamed() || kind == Asked.Kind.PRINCIPAL || kind == Asked.Kind.CALLER;
      if (isTaken && kind.id().equals(written)) {
        return kind;
      }
    }
    return null;
  }

  private static String takenName(Asked.Kind kind, YamlNode.Entry entry, String key) throws Wrong {
    String name = text(entry.value(), key);
    if (kind.isNamed()) {
      return name;
    }
    Set<String> allowed =
        kind == Asked.Kind.CALLER ? Asked.PARTS_OF_CALLERS : Set.of(Asked.NAME_OF_PRINCIPAL);
    if (!allowed.contains(name)) {
      throw new Wrong(
          entry.line(), key, "allowed is " + String.join(" or ", new TreeSet<>(allowed)));
    }
    return name;
  }

  private static String sources() {
    return "header, claim, mdc, principal, caller";
  }

  // On what it depends.

  private static void conditions(YamlNode node, String key, List<Condition> conditions)
      throws Wrong {
    for (YamlNode.Entry entry : entries(node, key, "conditions are keys and values").values()) {
      String at = key + "." + entry.key();
      Target said = Target.find(entry.key());
      Asked.Kind kind = kind(entry.key());
      if (said != null) {
        conditions.add(new Condition(null, said, patterns(entry.value(), at)));
      } else if (kind == null) {
        throw unknown(
            entry, at, TARGETS + ", header, claim, mdc, principal, path, method, caller, job");
      } else if (!kind.isNamed()) {
        conditions.add(new Condition(new Asked(kind, ""), null, patterns(entry.value(), at)));
      } else {
        String shape = "allowed is {NAME: PATTERN}";
        for (YamlNode.Entry named : entries(entry.value(), at, shape).values()) {
          conditions.add(
              new Condition(
                  new Asked(kind, named.key()),
                  null,
                  patterns(named.value(), at + "." + named.key())));
        }
      }
    }
  }

  private static Asked.@Nullable Kind kind(String written) {
    for (Asked.Kind kind : Asked.Kind.values()) {
      if (kind.id().equals(written)) {
        return kind;
      }
    }
    return null;
  }

  private static List<Glob> patterns(YamlNode node, String key) throws Wrong {
    List<Glob> patterns = new ArrayList<>();
    if (node.isList()) {
      for (YamlNode item : node.items()) {
        patterns.add(new Glob(text(item, key)));
      }
      if (patterns.isEmpty()) {
        throw new Wrong(node.line(), key, "the list is empty");
      }
    } else {
      patterns.add(new Glob(text(node, key)));
    }
    return List.copyOf(patterns);
  }

  // Plain parts.

  private static Map<String, YamlNode.Entry> entries(YamlNode node, String key, String otherwise)
      throws Wrong {
    if (!node.isMap() || node.entries().isEmpty()) {
      throw new Wrong(node.line(), key, otherwise);
    }
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (YamlNode.Entry entry : node.entries()) {
      if (entry.key().isBlank() || entries.put(entry.key(), entry) != null) {
        throw new Wrong(entry.line(), key, "\"" + entry.key() + "\" is empty or there twice");
      }
    }
    return entries;
  }

  private static @Nullable String optional(YamlNode.@Nullable Entry entry, String key)
      throws Wrong {
    return entry == null ? null : text(entry.value(), key + "." + entry.key());
  }

  private static String text(YamlNode node, String key) throws Wrong {
    String text = node.text();
    if (text == null || text.isBlank() || !Bounds.fits(text)) {
      throw new Wrong(
          node.line(),
          key,
          "allowed is a text of at most " + Bounds.MOST_CHARACTERS + " characters");
    }
    return text.strip();
  }

  private static Wrong unknown(YamlNode.Entry entry, String key, String allowed) {
    return new Wrong(entry.line(), key, "it is not known; allowed are " + allowed);
  }
}
