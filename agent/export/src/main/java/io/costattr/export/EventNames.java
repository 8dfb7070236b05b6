package io.costattr.export;

/** The names of events. */
public final class EventNames {
  /** The log event: one for every attempt, never sampled. */
  public static final String CALL = "costattr.llm.call";

  private EventNames() {}
}
