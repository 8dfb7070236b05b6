package io.costattr.core.dialect;

import java.util.Locale;

/** What is wrong with what a provider said of a call; the gravest first. */
public enum Anomaly {
  /**
   * A part of the usage has no rate of the model's: its modality is unknown, or another model did
   * it. The call is unpriced.
   */
  UNPRICEABLE_PART,
  /** The usage is cut, negative, no number or too large, and is not believed. */
  IMPOSSIBLE_USAGE,
  /** The provider's own charge is no amount of money, and is not believed. */
  IMPOSSIBLE_CHARGE,
  /** The parts do not add up; they are taken as reported, none below zero. */
  CONTRADICTORY_USAGE,
  /** A name has control characters, which were replaced, or is too long, and was left out. */
  UNREADABLE_NAME;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name in events, for example {@code contradictory_usage}. */
  public String id() {
    return id;
  }
}
