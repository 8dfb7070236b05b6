package io.costattr.core.budget;

import io.costattr.core.budget.Budget.Unpriced;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one {@code budgets:} list. Whole or not at all: the first thing that is wrong ends it. */
final class PolicyReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern ROLLING = Pattern.compile("rolling (\\d{1,4}) ?(m|h|d)");
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "match",
          "each",
          "limit",
          "overrides",
          "overrides_file",
          "window",
          "zone",
          "thresholds",
          "action",
          "degrade",
          "unpriced",
          "fail",
          "at_risk");
  private static final List<Integer> THRESHOLDS = List.of(50, 80, 95, 100);
  private static final String WINDOWS =
      "hour, day, week or month, or rolling with a length from 1m to 366d (rolling 24h)";
  private static final Duration LONGEST = Duration.ofDays(366);

  private final YamlTree tree;
  private final List<Path> files;
  private final Set<String> names = new HashSet<>();

  private PolicyReader(YamlTree tree, List<Path> files) {
    this.tree = tree;
    this.files = files;
  }

  /**
   * The policy of that list.
   *
   * @param list the value of {@code budgets:}; null when the file has none
   * @param files to which those are added that it names
   */
  static Policy read(YamlTree tree, @Nullable Node list, List<Path> files) throws PolicyFault {
    if (list == null) {
      return Policy.NONE;
    }
    PolicyReader reader = new PolicyReader(tree, files);
    List<Budget> budgets = new ArrayList<>();
    for (Node one : tree.list(list, "budgets")) {
      budgets.add(reader.budget(tree.map(one, "a budget")));
    }
    return new Policy(budgets);
  }

  private Budget budget(MappingNode node) throws PolicyFault {
    Map<String, Node> fields = tree.fields(node, FIELDS, "a budget");
    String name = name(node, fields.get("name"));
    String what = "budget " + name;
    Amount limit = limit(required(node, fields, "limit", what), "limit of " + what);
    List<Facet> each = each(fields.get("each"), what);
    Action action = action(fields.get("action"), what);
    Node unpriced = fields.get("unpriced");
    if (unpriced != null && limit.unit() != Unit.USD) {
      throw tree.fault(unpriced, "unpriced of " + what + " is for limits in USD");
    }
    return new Budget(
        name,
        conditions(fields.get("match"), what),
        each,
        limit.unit(),
        limits(limit, each, fields, what),
        window(node, fields, what),
        thresholds(fields.get("thresholds"), what),
        action,
        relief(node, fields.get("degrade"), action, what),
        unpriced(unpriced, what),
        "closed".equals(word(fields.get("fail"), "fail of " + what, "open", "closed")),
        "count".equals(word(fields.get("at_risk"), "at_risk of " + what, "ignore", "count")));
  }

  private String name(MappingNode budget, @Nullable Node node) throws PolicyFault {
    String name = node == null ? "" : tree.text(node, "name");
    if (!NAME.matcher(name).matches()) {
      throw tree.fault(
          node == null ? budget : node,
          "every budget has a name of at most 64 letters, digits, dots, dashes and underscores");
    }
    if (!names.add(name)) {
      throw tree.fault(node == null ? budget : node, "two budgets are called " + name);
    }
    return name;
  }

  private Node required(MappingNode budget, Map<String, Node> fields, String field, String what)
      throws PolicyFault {
    Node node = fields.get(field);
    if (node == null) {
      throw tree.fault(budget, what + " has no " + field);
    }
    return node;
  }

  private Amount limit(Node node, String what) throws PolicyFault {
    String text = tree.text(node, what);
    Amount amount = Amount.of(text);
    if (amount == null) {
      throw tree.fault(node, what + " is \"" + text + "\"; allowed is " + Amount.ALLOWED);
    }
    return amount;
  }

  private Limits limits(Amount limit, List<Facet> each, Map<String, Node> fields, String what)
      throws PolicyFault {
    Node overrides = fields.get("overrides");
    Node file = fields.get("overrides_file");
    Node first = overrides != null ? overrides : file;
    if (first != null && each.size() != 1) {
      throw tree.fault(
          first,
          "overrides of " + what + " need an each with one dimension, whose values they name");
    }
    Map<String, Long> exceptions = new LinkedHashMap<>();
    if (file != null) {
      files.add(OverridesFile.path(tree, file));
      exceptions.putAll(OverridesFile.read(tree, file, limit.unit()));
    }
    if (overrides != null) {
      for (Map.Entry<String, Node> one : tree.entries(overrides, "overrides").entrySet()) {
        String text = tree.text(one.getValue(), "override of " + one.getKey());
        Long value = override(text, limit.unit());
        if (value == null) {
          throw tree.fault(
              one.getValue(),
              "override of " + one.getKey() + " is \"" + text + "\"; " + allowed(limit.unit()));
        }
        exceptions.put(one.getKey(), value);
      }
    }
    return new Limits(limit.value(), exceptions);
  }

  /** The amount of an exception in that unit; null when it is none. */
  static @Nullable Long override(String text, Unit unit) {
    if (text.equals("unlimited")) {
      return Limits.UNLIMITED;
    }
    Amount amount = Amount.of(text);
    return amount == null || amount.unit() != unit ? null : Long.valueOf(amount.value());
  }

  static String allowed(Unit unit) {
    return "allowed is an amount above zero in " + unit.id() + ", or unlimited";
  }

  private List<Facet> each(@Nullable Node node, String what) throws PolicyFault {
    List<Facet> facets = new ArrayList<>();
    if (node != null) {
      for (Node one : tree.oneOrMore(node)) {
        facets.add(facet(one, tree.text(one, "each of " + what), "each of " + what));
      }
    }
    return List.copyOf(facets);
  }

  private Facet facet(Node node, String name, String what) throws PolicyFault {
    Facet facet = Facet.of(name);
    if (facet == null) {
      throw tree.fault(
          node, what + " names \"" + name + "\", which is no dimension: " + Facet.ALLOWED);
    }
    return facet;
  }

  private List<Condition> conditions(@Nullable Node node, String what) throws PolicyFault {
    List<Condition> conditions = new ArrayList<>();
    if (node == null) {
      return conditions;
    }
    for (Map.Entry<String, Node> one : tree.entries(node, "match of " + what).entrySet()) {
      Facet facet = facet(one.getValue(), one.getKey(), "match of " + what);
      Set<String> values = new LinkedHashSet<>();
      List<String> beginnings = new ArrayList<>();
      for (Node value : tree.oneOrMore(one.getValue())) {
        String text = tree.text(value, one.getKey() + " of " + what);
        if (text.endsWith("*")) {
          beginnings.add(text.substring(0, text.length() - 1));
        } else {
          values.add(text);
        }
      }
      conditions.add(new Condition(facet, Set.copyOf(values), List.copyOf(beginnings)));
    }
    return List.copyOf(conditions);
  }

  private Window window(MappingNode budget, Map<String, Node> fields, String what)
      throws PolicyFault {
    Node node = required(budget, fields, "window", what);
    String text = tree.text(node, "window of " + what).trim();
    Node zone = fields.get("zone");
    Matcher rolling = ROLLING.matcher(text);
    if (rolling.matches()) {
      if (zone != null) {
        throw tree.fault(zone, what + " has a rolling window, which is in no zone");
      }
      long count = Long.parseLong(rolling.group(1));
      Duration length =
          switch (rolling.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      if (!length.isZero() && length.compareTo(LONGEST) <= 0) {
        return new Window.Rolling(length);
      }
    }
    Window.Period period = Window.Period.of(text);
    if (period == null) {
      throw tree.fault(node, "window of " + what + " is \"" + text + "\"; allowed is " + WINDOWS);
    }
    return new Window.Calendar(period, zone(zone, what));
  }

  private ZoneId zone(@Nullable Node node, String what) throws PolicyFault {
    String name = node == null ? "UTC" : tree.text(node, "zone of " + what);
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw tree.fault(
          node,
          "zone of "
              + what
              + " is \""
              + name
              + "\", which does not exist; allowed is a name like Europe/Berlin, or UTC");
    }
  }

  private List<Integer> thresholds(@Nullable Node node, String what) throws PolicyFault {
    if (node == null) {
      return THRESHOLDS;
    }
    TreeSet<Integer> thresholds = new TreeSet<>();
    for (Node one : tree.oneOrMore(node)) {
      String text = tree.text(one, "thresholds of " + what).trim();
      String digits = text.endsWith("%") ? text.substring(0, text.length() - 1).trim() : text;
      if (!digits.matches("[1-9]\\d{0,2}")) {
        throw tree.fault(
            one,
            "thresholds of "
                + what
                + " has \""
                + text
                + "\"; allowed are whole percents, 1 to 999");
      }
      thresholds.add(Integer.valueOf(digits));
    }
    return List.copyOf(thresholds);
  }

  private Action action(@Nullable Node node, String what) throws PolicyFault {
    String text = node == null ? Action.OBSERVE.id() : tree.text(node, "action of " + what);
    Action action = Action.of(text);
    if (action == null) {
      throw tree.fault(
          node,
          "action of " + what + " is \"" + text + "\"; allowed is observe, warn, block or degrade");
    }
    return action;
  }

  private @Nullable Relief relief(
      MappingNode budget, @Nullable Node node, Action action, String what) throws PolicyFault {
    if (action != Action.DEGRADE) {
      if (node != null) {
        throw tree.fault(node, what + " says how to degrade, but its action is " + action.id());
      }
      return null;
    }
    Set<String> allowed = Set.of("model", "max_output_tokens", "service_tier");
    if (node == null) {
      throw tree.fault(
          budget, what + " does not say how to degrade: model, max_output_tokens or service_tier");
    }
    Map<String, Node> fields = tree.fields(tree.map(node, "degrade"), allowed, "degrade");
    Map<String, String> models = new LinkedHashMap<>();
    Node model = fields.get("model");
    if (model != null) {
      for (Map.Entry<String, Node> one : tree.entries(model, "model of degrade").entrySet()) {
        models.put(one.getKey(), tree.text(one.getValue(), "model of degrade"));
      }
    }
    Node most = fields.get("max_output_tokens");
    Node tier = fields.get("service_tier");
    if (models.isEmpty() && most == null && tier == null) {
      throw tree.fault(
          node, what + " does not say how to degrade: model, max_output_tokens or service_tier");
    }
    return new Relief(
        Map.copyOf(models),
        most == null ? null : Long.valueOf(count(most, what)),
        tier == null ? null : tree.text(tier, "service_tier of degrade"));
  }

  private long count(Node node, String what) throws PolicyFault {
    String text = tree.text(node, "max_output_tokens");
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw tree.fault(
          node,
          "max_output_tokens of " + what + " is \"" + text + "\"; allowed is a number above zero");
    }
    return Long.parseLong(text);
  }

  private Unpriced unpriced(@Nullable Node node, String what) throws PolicyFault {
    String text = node == null ? "family" : tree.text(node, "unpriced of " + what);
    Unpriced unpriced = Unpriced.of(text);
    if (unpriced == null) {
      throw tree.fault(
          node,
          "unpriced of " + what + " is \"" + text + "\"; allowed is family, refuse or ignore");
    }
    return unpriced;
  }

  private String word(@Nullable Node node, String what, String first, String second)
      throws PolicyFault {
    String text = node == null ? first : tree.text(node, what);
    if (!text.equals(first) && !text.equals(second)) {
      throw tree.fault(node, what + " is \"" + text + "\"; allowed is " + first + " or " + second);
    }
    return text;
  }
}
