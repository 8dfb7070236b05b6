package io.costattr.core.budget;

import java.util.Locale;

/** What a budget limits. */
public enum Unit {
  /** Money, counted in pico-USD (1e-12 USD). */
  USD,
  /** Tokens of either side, each once, cached ones included. */
  TOKENS,
  /** Attempts at a model that reached the provider. */
  CALLS;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** As it stands in policies and metrics, for example {@code usd}. */
  public String id() {
    return id;
  }
}
