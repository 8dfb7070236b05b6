package io.costattr.core.attribution;

import java.util.Locale;

/**
 * Who said a dimension, in the order of precedence: an earlier one wins, key by key, see {@link
 * Precedence}.
 */
public enum Source {
  /** The application by {@code AttributionContext}, or in a line of a batch job. */
  API,
  /** {@code @Attributed} on a method. */
  ANNOTATION,
  /** OpenTelemetry baggage, or the {@code baggage} header of a request that is trusted. */
  BAGGAGE,
  /** A rule of the configuration. */
  RULE,
  /** The route of the request that the application serves. */
  ROUTE,
  /** The job or the message that the application works on. */
  JOB,
  /** {@code costattr.defaults.*}. */
  DEFAULT,
  /** Nobody. */
  NONE;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** As it stands in events: {@code api}. */
  public String id() {
    return id;
  }
}
