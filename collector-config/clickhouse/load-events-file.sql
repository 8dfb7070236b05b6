-- Loads an events file of the agent into the ledger, from standard input; calls that are there already stay single.
INSERT INTO costattr.costattr_calls
    (timestamp, event_id, request_id, attempt, service, environment, team, feature, route, customer_id, tags, attribution_source,
     provider, endpoint, model, request_model, service_tier, stream, input_tokens, output_tokens, cached_tokens, cache_write_tokens,
     reasoning_tokens, latency_ms, ttft_ms, cost_pico_usd, cost_basis, cost_at_risk_usd, long_context_surcharge_usd,
     cache_savings_usd, cache_premium_usd, budget_cost_usd, price_version, price_rule, price_rows, prompt_cache_key,
     reasoning_effort, batch_job_id, batch_custom_id, anomaly, outcome, error_code, http_status, response_id, trace_id, span_id,
     call_site, client, server_address)
SELECT
    parseDateTime64BestEffort(timestamp, 3, 'UTC'), toUUID(event_id), request_id, attempt, service, environment, team, feature,
    route, customer_id, tags, attribution_source, ifNull(provider, ''), ifNull(endpoint, ''), ifNull(model, ''),
    ifNull(request_model, ''), ifNull(service_tier, ''), stream, prompt_tokens, completion_tokens, ifNull(cached_tokens, 0),
    ifNull(cache_write_tokens, 0), ifNull(reasoning_tokens, 0), if(batch_custom_id IS NULL, latency_ms, NULL), ttft_ms,
    -- The decimal as it stands in the file, exact.
    CAST(toDecimal128(cost_usd, 12) * 1000000000000, 'Nullable(Int64)'),
    cost_basis, cost_at_risk_usd, long_context_surcharge_usd, cache_savings_usd, cache_premium_usd, budget_cost_usd,
    ifNull(price_version, ''), ifNull(price_rule, ''), price_rows, ifNull(prompt_cache_key, ''), ifNull(reasoning_effort, ''),
    ifNull(batch_job_id, ''), ifNull(batch_custom_id, ''), ifNull(anomaly, ''), outcome, ifNull(error_code, ''), http_status,
    ifNull(response_id, ''), ifNull(trace_id, ''), ifNull(span_id, ''), ifNull(call_site, ''), ifNull(client, ''),
    ifNull(server_address, '')
FROM input('event String, event_id String, request_id String, attempt UInt16, timestamp String, service String,
    environment String, feature String, route String, customer_id String, team String, tags Map(String, String),
    attribution_source Map(String, String), provider Nullable(String), endpoint Nullable(String), model Nullable(String),
    request_model Nullable(String), service_tier Nullable(String), stream Bool, prompt_tokens Nullable(UInt64),
    completion_tokens Nullable(UInt64), reasoning_tokens Nullable(UInt64), cached_tokens Nullable(UInt64),
    cache_write_tokens Nullable(UInt64), latency_ms Nullable(UInt32), ttft_ms Nullable(UInt32),
    cost_usd Nullable(Decimal(38, 12)), cost_basis String, cost_at_risk_usd Nullable(Decimal(18, 12)),
    long_context_surcharge_usd Nullable(Decimal(18, 12)), cache_savings_usd Nullable(Decimal(18, 12)),
    cache_premium_usd Nullable(Decimal(18, 12)), budget_cost_usd Nullable(Decimal(18, 12)), price_version Nullable(String),
    price_rule Nullable(String), price_rows Array(String), prompt_cache_key Nullable(String), reasoning_effort Nullable(String),
    batch_job_id Nullable(String), batch_custom_id Nullable(String), anomaly Nullable(String), outcome String,
    error_code Nullable(String), http_status Nullable(UInt16), response_id Nullable(String), trace_id Nullable(String),
    span_id Nullable(String), call_site Nullable(String), client Nullable(String), server_address Nullable(String)')
WHERE endsWith(event, '.request')
SETTINGS input_format_skip_unknown_fields = 1, input_format_null_as_default = 1
FORMAT JSONEachRow
