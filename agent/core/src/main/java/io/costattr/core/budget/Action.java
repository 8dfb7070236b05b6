package io.costattr.core.budget;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of calls when a budget is used up; the later the stricter. */
public enum Action {
  /** It is counted and reported. */
  OBSERVE,
  /** The same, and a warning is logged. */
  WARN,
  /** Calls go on for less, see {@link Degraded}. */
  DEGRADE,
  /** Calls are refused before anything of them is sent. */
  BLOCK;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** As it stands in policies, for example {@code block}. */
  public String id() {
    return id;
  }

  static @Nullable Action of(String id) {
    for (Action action : values()) {
      if (action.id.equals(id)) {
        return action;
      }
    }
    return null;
  }

  /** Whether a call that does not fit may not go on as it is. */
  boolean holds() {
    return this == BLOCK || this == DEGRADE;
  }
}
