package io.costattr.export.otel;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.util.Locale;

/** In which span an entry is seen. */
enum SpanMode {
  /** In the GenAI span of another instrumentation, and where that cannot be in one of its own. */
  AUTO(true, true),
  /** In one of its own. */
  OWN(true, false),
  /** In the GenAI span of another instrumentation, else in none. */
  ENRICH(false, true),
  /** In none. */
  OFF(false, false);

  private final boolean makes;
  private final boolean enriches;

  SpanMode(boolean makes, boolean enriches) {
    this.makes = makes;
    this.enriches = enriches;
  }

  static SpanMode of(Config config) {
    return valueOf(String.valueOf(config.text(Key.OTEL_SPANS)).toUpperCase(Locale.ROOT));
  }

  /** Whether there are spans of the agent's own. */
  boolean makes() {
    return makes;
  }

  /** Whether spans of others are written to. */
  boolean enriches() {
    return enriches;
  }
}
