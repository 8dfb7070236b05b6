package io.costattr.api;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model call was refused before anything of it was sent, because nobody had said who pays for it
 * and the agent's policy ({@code costattr.policy.*}) requires that. HTTP clients wrap it in what
 * they are declared to throw, SDKs in an exception of their own family; it is their cause then.
 */
public final class MissingAttributionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TreeSet<String> dimensions;

  /**
   * Made by the agent.
   *
   * @param message what is missing, and from where the call came
   * @param dimensions the names of what is missing
   */
  public MissingAttributionException(String message, Set<String> dimensions) {
    super(message);
    this.dimensions = new TreeSet<>(dimensions);
  }

  /** What the call lacks: some of feature, route, customer_id, team, environment; unmodifiable. */
  public Set<String> dimensions() {
    return Collections.unmodifiableSet(dimensions);
  }
}
