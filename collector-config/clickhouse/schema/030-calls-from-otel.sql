-- From OpenTelemetry's log record to the ledger's row, and what is not one to costattr_other_events.
--
-- A call is known by costattr.cost.basis, which every call has and no other event. The event's name would not do: the
-- exporter looks at the table's columns once, when it starts, and leaves the name out for as long as it runs if ClickHouse
-- was down then.
-- Attributes come as texts. What an event does not have is '' in the map, hence the OrNull and OrZero.
CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_calls_from_otel TO costattr.costattr_calls AS
WITH
    LogAttributes AS a,
    a['costattr.environment'] AS own_environment
SELECT
    toDateTime64(Timestamp, 3, 'UTC') AS timestamp,
    toUUIDOrZero(a['costattr.event.id']) AS event_id,
    a['costattr.request.id'] AS request_id,
    toUInt16OrZero(a['costattr.attempt']) AS attempt,
    ServiceName AS service,
    -- On the event only where it differs from the resource's.
    multiIf(
        own_environment != '', own_environment,
        ResourceAttributes['deployment.environment.name'] != '', ResourceAttributes['deployment.environment.name'],
        '(unattributed)') AS environment,
    a['costattr.team'] AS team,
    a['costattr.feature'] AS feature,
    a['costattr.route'] AS route,
    a['costattr.customer.id'] AS customer_id,
    mapApply((k, v) -> (substring(k, length('costattr.tag.') + 1), v), mapFilter((k, v) -> startsWith(k, 'costattr.tag.'), a)) AS tags,
    mapApply((k, v) -> (replaceAll(substring(k, length('costattr.attribution.source.') + 1), '.', '_'), v), mapFilter((k, v) -> startsWith(k, 'costattr.attribution.source.'), a)) AS attribution_source,
    a['gen_ai.provider.name'] AS provider,
    a['costattr.endpoint'] AS endpoint,
    if(a['gen_ai.response.model'] != '', a['gen_ai.response.model'], a['gen_ai.request.model']) AS model,
    a['gen_ai.request.model'] AS request_model,
    if(a['openai.response.service_tier'] != '', a['openai.response.service_tier'], a['openai.request.service_tier']) AS service_tier,
    a['gen_ai.request.stream'] = 'true' AS stream,
    toUInt64OrNull(a['gen_ai.usage.input_tokens']) AS input_tokens,
    toUInt64OrNull(a['gen_ai.usage.output_tokens']) AS output_tokens,
    toUInt64OrZero(a['gen_ai.usage.cache_read.input_tokens']) AS cached_tokens,
    toUInt64OrZero(a['gen_ai.usage.cache_write.input_tokens']) AS cache_write_tokens,
    toUInt64OrZero(a['gen_ai.usage.reasoning.output_tokens']) AS reasoning_tokens,
    accurateCastOrNull(round(toFloat64OrNull(a['costattr.duration']) * 1000), 'UInt32') AS latency_ms,
    accurateCastOrNull(round(toFloat64OrNull(a['gen_ai.response.time_to_first_chunk']) * 1000), 'UInt32') AS ttft_ms,
    toInt64OrNull(a['costattr.cost.pico_usd']) AS cost_pico_usd,
    a['costattr.cost.basis'] AS cost_basis,
    toDecimal64OrNull(a['costattr.cost.at_risk'], 12) AS cost_at_risk_usd,
    toDecimal64OrNull(a['costattr.cost.long_context_surcharge'], 12) AS long_context_surcharge_usd,
    toDecimal64OrNull(a['costattr.cost.cache_savings'], 12) AS cache_savings_usd,
    toDecimal64OrNull(a['costattr.cost.cache_premium'], 12) AS cache_premium_usd,
    toDecimal64OrNull(a['costattr.cost.budget'], 12) AS budget_cost_usd,
    a['costattr.price.version'] AS price_version,
    a['costattr.price.rule'] AS price_rule,
    JSONExtract(a['costattr.price.rows'], 'Array(String)') AS price_rows,
    a['costattr.prompt_cache_key'] AS prompt_cache_key,
    a['gen_ai.request.reasoning.level'] AS reasoning_effort,
    a['costattr.batch.job.id'] AS batch_job_id,
    a['costattr.batch.custom_id'] AS batch_custom_id,
    a['costattr.anomaly'] AS anomaly,
    a['costattr.outcome'] AS outcome,
    a['error.type'] AS error_code,
    toUInt16OrNull(a['http.response.status_code']) AS http_status,
    a['gen_ai.response.id'] AS response_id,
    TraceId AS trace_id,
    SpanId AS span_id,
    a['costattr.call_site'] AS call_site,
    a['costattr.client'] AS client,
    a['server.address'] AS server_address
FROM costattr.otel_logs
WHERE a['costattr.cost.basis'] != ''
    AND toUUIDOrNull(a['costattr.event.id']) IS NOT NULL
    AND (a['costattr.cost.pico_usd'] = '' OR toInt64OrNull(a['costattr.cost.pico_usd']) IS NOT NULL);

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_other_events_from_otel TO costattr.costattr_other_events AS
WITH LogAttributes AS a
SELECT
    toDateTime64(Timestamp, 3, 'UTC') AS timestamp,
    ServiceName AS service,
    EventName AS event_name,
    TraceId AS trace_id,
    Body AS body,
    a AS attributes,
    ResourceAttributes AS resource_attributes
FROM costattr.otel_logs
WHERE NOT (
    a['costattr.cost.basis'] != ''
    AND toUUIDOrNull(a['costattr.event.id']) IS NOT NULL
    AND (a['costattr.cost.pico_usd'] = '' OR toInt64OrNull(a['costattr.cost.pico_usd']) IS NOT NULL));
