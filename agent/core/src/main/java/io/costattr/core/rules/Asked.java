package io.costattr.core.rules;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact of a call that a rule asks for, as a text. Immutable.
 *
 * @param name of the header, the claim or the key, or which part is wanted; empty where there is
 *     nothing to choose
 */
record Asked(Kind kind, String name) {
  static final String NAME_OF_PRINCIPAL = "name";
  static final Set<String> PARTS_OF_CALLERS = Set.of("package", "class", "method");

  /** What there is to ask for. */
  enum Kind {
    HEADER,
    CLAIM,
    PRINCIPAL,
    MDC,
    CALLER,
    PATH,
    METHOD,
    JOB;

    /** As it is written in a rule. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there are several, told apart by a name. */
    boolean isNamed() {
      return this == HEADER || this == CLAIM || this == MDC;
    }

    /** Whether its texts are names of classes or methods, that hold each other. */
    boolean isCode() {
      return this == CALLER || this == JOB;
    }

    /** Whether it is asked of the request that is served. */
    boolean isOfRequest() {
      return this == HEADER || this == CLAIM || this == PRINCIPAL || this == PATH || this == METHOD;
    }
  }

  /**
   * What is known of it; null for nothing. A header that came several times with different values
   * counts as nothing: one of them may be whoever's.
   */
  @Nullable String of(Situation here) {
    return switch (kind) {
      case HEADER -> only(here.headers(name));
      case CLAIM -> text(here.claim(name));
      case PRINCIPAL -> here.principal();
      case MDC -> here.mdc(name);
      case CALLER -> part(here.caller());
      case PATH -> here.path();
      case METHOD -> here.method();
      case JOB -> here.job();
    };
  }

  /** {@code class.method}, or what of it is wanted. */
  private @Nullable String part(@Nullable String caller) {
    int end = caller == null ? -1 : caller.lastIndexOf('.');
    if (caller == null || end < 0 || name.isEmpty() || name.equals("method")) {
      return caller;
    }
    if (name.equals("package")) {
      end = caller.lastIndexOf('.', end - 1);
    }
    return end < 0 ? "" : caller.substring(0, end);
  }

  private static @Nullable String only(List<String> values) {
    String only = null;
    for (String value : values) {
      if (only != null && !only.equals(value)) {
        return null;
      }
      only = value;
    }
    return only;
  }

  /** A claim as a text: of lists only one with a single element has one. */
  private static @Nullable String text(@Nullable Object claim) {
    if (claim instanceof Collection<?> several) {
      return several.size() == 1 ? text(several.iterator().next()) : null;
    }
    if (claim instanceof Optional<?> optional) {
      return text(optional.orElse(null));
    }
    if (claim instanceof String
        || claim instanceof Number
        || claim instanceof Boolean
        || claim instanceof UUID) {
      return claim.toString();
    }
    return claim == null ? null : JsonText.of(claim);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? kind.id() : kind.id() + " " + name;
  }
}
