package io.costattr.export;

/** The names of events. */
public final class EventNames {
  /** The log event: one for every attempt, never sampled. */
  public static final String CALL = "costattr.llm.call";

  /** The log event of a prompt that is larger than the configured size. */
  public static final String PROMPT_SIZE_WARNING = "costattr.llm.prompt_size_warning";

  /** The log event of a budget that has passed a threshold. */
  public static final String BUDGET_THRESHOLD = "costattr.budget.threshold";

  private EventNames() {}
}
