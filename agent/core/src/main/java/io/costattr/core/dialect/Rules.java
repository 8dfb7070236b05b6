package io.costattr.core.dialect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user's own rules: which provider a host, a port or a path there speaks for. Immutable. */
final class Rules {
  /** What a rule names where calls are none of ours, such as those that a gateway counts. */
  static final String NONE = "none";

  private final Map<String, List<Rule>> byHost = new HashMap<>();

  /**
   * @param rules {@code [SCHEME://]HOST[:PORT][/PATH]} to the name of a provider
   */
  Rules(Map<String, String> rules) {
    rules.forEach(this::add);
    for (List<Rule> ofHost : byHost.values()) {
      ofHost.sort(Comparator.comparingInt((Rule rule) -> rule.prefix.length()).reversed());
    }
  }

  private void add(String place, String provider) {
    int scheme = place.indexOf("://");
    String rest = scheme < 0 ? place : place.substring(scheme + 3);
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : rest.substring(slash);
    while (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    byHost
        .computeIfAbsent(host.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
        .add(new Rule(prefix, provider));
  }

  /**
   * The provider that a rule names for that place, or null: one for the port before one for the
   * host, and the longest path first.
   *
   * @param host in lower case
   */
  @Nullable String find(String host, int port, String path) {
    if (byHost.isEmpty()) {
      return null;
    }
    String provider = find(byHost.get(host + ":" + port), path);
    return provider != null ? provider : find(byHost.get(host), path);
  }

  /** The provider that a rule names for any path of that host, before none; null without a rule. */
  @Nullable String any(String host, int port) {
    String found = null;
    for (String place : List.of(host + ":" + port, host)) {
      for (Rule rule : byHost.getOrDefault(place, List.of())) {
        if (found == null || found.equals(NONE)) {
          found = rule.provider;
        }
      }
    }
    return found;
  }

  private static @Nullable String find(@Nullable List<Rule> rules, String path) {
    if (rules != null) {
      for (Rule rule : rules) {
        if (rule.covers(path)) {
          return rule.provider;
        }
      }
    }
    return null;
  }

  private record Rule(String prefix, String provider) {
    boolean covers(String path) {
      return path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
  }
}
