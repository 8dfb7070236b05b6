package io.costattr.export;

/**
 * The attributes of spans, log events and metrics. Own names live under {@code costattr.}; the
 * others are OpenTelemetry's semantic conventions and are used as defined there.
 */
public final class AttributeNames {
  public static final String FEATURE = "costattr.feature";
  public static final String ROUTE = "costattr.route";
  public static final String CUSTOMER_ID = "costattr.customer.id";
  public static final String TEAM = "costattr.team";
  public static final String ENVIRONMENT = "costattr.environment";

  /** The prefix of free tags. */
  public static final String TAG = "costattr.tag.";

  /** The prefix of who said a dimension. */
  public static final String ATTRIBUTION_SOURCE = "costattr.attribution.source.";

  public static final String REQUEST_ID = "costattr.request.id";
  public static final String EVENT_ID = "costattr.event.id";
  public static final String ATTEMPT = "costattr.attempt";
  public static final String ATTEMPTS = "costattr.attempts";
  public static final String OUTCOME = "costattr.outcome";
  public static final String ENDPOINT = "costattr.endpoint";
  public static final String DURATION = "costattr.duration";
  public static final String PROMPT_CACHE_KEY = "costattr.prompt_cache_key";
  public static final String COST_AMOUNT = "costattr.cost.amount";
  public static final String COST_PICO_USD = "costattr.cost.pico_usd";
  public static final String COST_CURRENCY = "costattr.cost.currency";
  public static final String COST_BASIS = "costattr.cost.basis";
  public static final String ANOMALY = "costattr.anomaly";
  public static final String COST_AT_RISK = "costattr.cost.at_risk";
  public static final String LONG_CONTEXT_SURCHARGE = "costattr.cost.long_context_surcharge";
  public static final String CACHE_SAVINGS = "costattr.cost.cache_savings";
  public static final String CACHE_PREMIUM = "costattr.cost.cache_premium";
  public static final String BUDGET_COST = "costattr.cost.budget";
  public static final String PROMPT_LIMIT = "costattr.prompt.limit";
  public static final String PRICE_VERSION = "costattr.price.version";
  public static final String PRICE_RULE = "costattr.price.rule";
  public static final String PRICE_ROWS = "costattr.price.rows";
  public static final String BATCH_JOB_ID = "costattr.batch.job.id";
  public static final String BATCH_CUSTOM_ID = "costattr.batch.custom_id";
  public static final String CALL_SITE = "costattr.call_site";
  public static final String CLIENT = "costattr.client";
  public static final String DEGRADED = "costattr.degraded";

  public static final String TOKEN_TYPE = "costattr.token.type";
  public static final String DIMENSION = "costattr.dimension";
  public static final String BUDGET_NAME = "costattr.budget.name";
  public static final String BUDGET_VALUE = "costattr.budget.value";
  public static final String BUDGET_UNIT = "costattr.budget.unit";
  public static final String BUDGET_ACTION = "costattr.budget.action";
  public static final String BUDGET_PERCENT = "costattr.budget.percent";
  public static final String BUDGET_LIMIT = "costattr.budget.limit";
  public static final String BUDGET_SPENT = "costattr.budget.spent";
  public static final String BUDGET_WINDOW_START = "costattr.budget.window.start";
  public static final String BUDGET_WINDOW_END = "costattr.budget.window.end";
  public static final String BUDGET_REASON = "costattr.budget.reason";
  public static final String BUDGET_STORE = "costattr.budget.store";
  public static final String STAGE = "costattr.stage";

  public static final String OPERATION_NAME = "gen_ai.operation.name";
  public static final String PROVIDER_NAME = "gen_ai.provider.name";
  public static final String REQUEST_MODEL = "gen_ai.request.model";
  public static final String REQUEST_STREAM = "gen_ai.request.stream";
  public static final String REASONING_LEVEL = "gen_ai.request.reasoning.level";
  public static final String RESPONSE_MODEL = "gen_ai.response.model";
  public static final String RESPONSE_ID = "gen_ai.response.id";
  public static final String TIME_TO_FIRST_CHUNK = "gen_ai.response.time_to_first_chunk";
  public static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
  public static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
  public static final String CACHE_READ_TOKENS = "gen_ai.usage.cache_read.input_tokens";
  public static final String CACHE_WRITE_TOKENS = "gen_ai.usage.cache_write.input_tokens";
  public static final String REASONING_TOKENS = "gen_ai.usage.reasoning.output_tokens";
  public static final String API_TYPE = "openai.api.type";
  public static final String REQUEST_TIER = "openai.request.service_tier";
  public static final String RESPONSE_TIER = "openai.response.service_tier";
  public static final String SERVER_ADDRESS = "server.address";
  public static final String SERVER_PORT = "server.port";
  public static final String ERROR_TYPE = "error.type";
  public static final String HTTP_STATUS = "http.response.status_code";

  public static final String SEMCONV_TOKEN_TYPE = "gen_ai.token.type";
  public static final String SEMCONV_MODALITY = "gen_ai.token.modality";
  public static final String SEMCONV_COST_AMOUNT = "gen_ai.usage.cost.amount";
  public static final String SEMCONV_COST_CURRENCY = "gen_ai.usage.cost.currency";
  public static final String SEMCONV_COST_SOURCE = "gen_ai.usage.cost.source";

  private AttributeNames() {}
}
