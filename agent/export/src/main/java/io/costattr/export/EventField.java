package io.costattr.export;

import java.util.Locale;

/**
 * The fields of an event as JSON, in the order in which they are written. Every event has every
 * field; what is not known is null. A field's name is the constant's in lower case.
 */
public enum EventField {
  EVENT,
  EVENT_ID,
  REQUEST_ID,
  ATTEMPT,
  TIMESTAMP,
  SERVICE,
  ENVIRONMENT,
  FEATURE,
  ROUTE,
  CUSTOMER_ID,
  TEAM,
  TAGS,
  ATTRIBUTION_SOURCE,
  PROVIDER,
  ENDPOINT,
  MODEL,
  REQUEST_MODEL,
  SERVICE_TIER,
  STREAM,
  PROMPT_TOKENS,
  COMPLETION_TOKENS,
  REASONING_TOKENS,
  CACHED_TOKENS,
  CACHE_WRITE_TOKENS,
  AUDIO_INPUT_TOKENS,
  AUDIO_OUTPUT_TOKENS,
  IMAGE_INPUT_TOKENS,
  IMAGE_OUTPUT_TOKENS,
  REASONING_SHARE,
  LATENCY_MS,
  TTFT_MS,
  COST_USD,
  COST_BREAKDOWN,
  COST_BASIS,
  COST_AT_RISK_USD,
  LONG_CONTEXT_SURCHARGE_USD,
  CACHE_SAVINGS_USD,
  CACHE_PREMIUM_USD,
  BUDGET_COST_USD,
  PRICE_VERSION,
  PRICE_RULE,
  PRICE_ROWS,
  PROMPT_CACHE_KEY,
  REASONING_EFFORT,
  BATCH_JOB_ID,
  BATCH_CUSTOM_ID,
  ANOMALY,
  OUTCOME,
  ERROR_CODE,
  HTTP_STATUS,
  RESPONSE_ID,
  PROVIDER_REQUEST_ID,
  TRACE_ID,
  SPAN_ID,
  CALL_SITE,
  DEGRADED,
  CLIENT,
  SERVER_ADDRESS;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The field's name, for example {@code customer_id}. */
  public String id() {
    return id;
  }
}
