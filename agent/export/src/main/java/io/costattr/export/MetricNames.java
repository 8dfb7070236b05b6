package io.costattr.export;

/** The metrics. */
public final class MetricNames {
  public static final String COST = "costattr.llm.cost";
  public static final String COST_AT_RISK = "costattr.llm.cost_at_risk";
  public static final String TOKENS = "costattr.llm.tokens";
  public static final String CALLS = "costattr.llm.calls";
  public static final String UNPRICED_CALLS = "costattr.llm.unpriced_calls";
  public static final String ANOMALOUS_CALLS = "costattr.llm.anomalous_calls";
  public static final String PROMPT_SIZE_WARNINGS = "costattr.llm.prompt_size_warnings";
  public static final String UNATTRIBUTED_CALLS = "costattr.llm.unattributed_calls";
  public static final String REJECTED_CALLS = "costattr.llm.rejected_calls";
  public static final String COVERAGE_CALLS = "costattr.coverage.calls";
  public static final String COVERAGE_COST = "costattr.coverage.cost";
  public static final String DURATION = "costattr.llm.duration";
  public static final String TIME_TO_FIRST_CHUNK = "costattr.llm.time_to_first_chunk";

  public static final String PRICE_EXPIRES_IN_DAYS = "costattr.price.expires_in_days";

  public static final String BUDGET_LIMIT = "costattr.budget.limit";
  public static final String BUDGET_SPENT = "costattr.budget.spent";
  public static final String BUDGET_RESERVED = "costattr.budget.reserved";
  public static final String BUDGET_QUOTA_LIMIT = "costattr.budget.quota.limit";
  public static final String BUDGET_QUOTA_SPENT = "costattr.budget.quota.spent";
  public static final String BUDGET_QUOTA_RESERVED = "costattr.budget.quota.reserved";
  public static final String BUDGET_REJECTIONS = "costattr.budget.rejections";
  public static final String BUDGET_RUNAWAYS = "costattr.budget.runaways";
  public static final String BUDGET_STORE_UP = "costattr.budget.store.up";

  public static final String AGENT_EVENTS = "costattr.agent.events";
  public static final String AGENT_DROPPED = "costattr.agent.dropped";
  public static final String AGENT_ERRORS = "costattr.agent.errors";
  public static final String AGENT_QUEUE_SIZE = "costattr.agent.queue.size";
  public static final String AGENT_SPOOL_EVENTS = "costattr.agent.spool.events";
  public static final String AGENT_SPOOL_SIZE = "costattr.agent.spool.size";
  public static final String AGENT_BATCH_LINES_NOT_KEPT = "costattr.agent.batch_lines_not_kept";

  /** The conventional names that libraries emit today. */
  public static final String SEMCONV_TOKEN_USAGE = "gen_ai.client.token.usage";

  public static final String SEMCONV_OPERATION_DURATION = "gen_ai.client.operation.duration";

  /** Their successors. */
  public static final String SEMCONV_INFERENCE_DURATION = "gen_ai.client.inference.duration";

  public static final String SEMCONV_INFERENCE_FIRST_CHUNK =
      "gen_ai.client.inference.time_to_first_chunk";
  public static final String SEMCONV_INPUT_TOKENS = "gen_ai.client.inference.usage.input_tokens";
  public static final String SEMCONV_OUTPUT_TOKENS = "gen_ai.client.inference.usage.output_tokens";
  public static final String SEMCONV_CACHE_READ_TOKENS =
      "gen_ai.client.inference.usage.cache_read.input_tokens";
  public static final String SEMCONV_CACHE_WRITE_TOKENS =
      "gen_ai.client.inference.usage.cache_write.input_tokens";
  public static final String SEMCONV_REASONING_TOKENS =
      "gen_ai.client.inference.usage.reasoning.output_tokens";

  private MetricNames() {}
}
