-- Made by programs/cluster_sql.py out of ../schema; change that. Run once, on any node:
--   clickhouse-client --multiquery < schema.sql
-- Every node needs the macros cluster, shard and replica, see ../server/cluster.xml.
--
-- The sums by hour and by day are recomputed by every replica of a shard; the rows are the same, and one of them stays.

CREATE DATABASE IF NOT EXISTS costattr ON CLUSTER '{cluster}';

CREATE DATABASE IF NOT EXISTS costattr_shard ON CLUSTER '{cluster}';

-- 020-calls.sql
CREATE TABLE IF NOT EXISTS costattr_shard.costattr_calls ON CLUSTER '{cluster}'
(
    timestamp                  DateTime64(3, 'UTC') COMMENT 'Start of the attempt' CODEC(Delta, ZSTD(1)),
    event_id                   UUID COMMENT 'The entry''s own id; what is deduplicated by' CODEC(ZSTD(1)),
    request_id                 String COMMENT 'The logical request, shared by its attempts' CODEC(ZSTD(1)),
    attempt                    UInt16 COMMENT '1 for the first attempt, 2 for its first retry' CODEC(T64, ZSTD(1)),
    service                    LowCardinality(String) COMMENT 'Name of the program',
    environment                LowCardinality(String) COMMENT 'Environment, or (unattributed)',
    team                       LowCardinality(String) COMMENT 'Team, or (unattributed)',
    feature                    LowCardinality(String) COMMENT 'Product feature, or (unattributed)',
    route                      LowCardinality(String) COMMENT 'Route template or synthetic route, or (unattributed)',
    customer_id                String COMMENT 'Customer, or (unattributed)' CODEC(ZSTD(1)),
    tags                       Map(LowCardinality(String), String) COMMENT 'Free tags' CODEC(ZSTD(1)),
    attribution_source         Map(LowCardinality(String), LowCardinality(String)) COMMENT 'Who said each dimension' CODEC(ZSTD(1)),
    provider                   LowCardinality(String) COMMENT 'The provider',
    endpoint                   LowCardinality(String) COMMENT 'chat, responses, embeddings, image and so on',
    model                      LowCardinality(String) COMMENT 'The model that answered, else the one asked for',
    request_model              LowCardinality(String) COMMENT 'The model that the request named',
    service_tier               LowCardinality(String) COMMENT 'The tier served, else the one asked for',
    stream                     Bool COMMENT 'Whether the response was streamed',
    input_tokens               Nullable(UInt64) COMMENT 'Input tokens, cached ones included' CODEC(T64, ZSTD(1)),
    output_tokens              Nullable(UInt64) COMMENT 'Output tokens, reasoning included' CODEC(T64, ZSTD(1)),
    cached_tokens              UInt64 COMMENT 'Input tokens read from the cache, part of input_tokens' CODEC(T64, ZSTD(1)),
    cache_write_tokens         UInt64 COMMENT 'Input tokens written to the cache, part of input_tokens' CODEC(T64, ZSTD(1)),
    reasoning_tokens           UInt64 COMMENT 'Output tokens used for reasoning, part of output_tokens' CODEC(T64, ZSTD(1)),
    latency_ms                 Nullable(UInt32) COMMENT 'From the start to the end; null of a line of a batch job' CODEC(T64, ZSTD(1)),
    ttft_ms                    Nullable(UInt32) COMMENT 'From the start to the first byte of a stream' CODEC(T64, ZSTD(1)),
    cost_pico_usd              Nullable(Int64) COMMENT 'Cost in 1e-12 USD, exact; null when not known, never zero for unknown' CODEC(T64, ZSTD(1)),
    cost_usd                   Nullable(Decimal(18, 12)) ALIAS accurateCastOrNull(toDecimal128(cost_pico_usd, 12) / 1000000000000, 'Decimal(18, 12)')
                               COMMENT 'The same in USD, exact',
    cost_basis                 LowCardinality(String) COMMENT 'reported, provider, estimated, none, unpriced, pending or unknown',
    cost_at_risk_usd           Nullable(Decimal(18, 12)) COMMENT 'What may have been billed beyond the cost' CODEC(ZSTD(1)),
    long_context_surcharge_usd Nullable(Decimal(18, 12)) COMMENT 'Part of the cost: what the long-context rates added' CODEC(ZSTD(1)),
    cache_savings_usd          Nullable(Decimal(18, 12)) COMMENT 'What cached tokens would have cost beyond what they did' CODEC(ZSTD(1)),
    cache_premium_usd          Nullable(Decimal(18, 12)) COMMENT 'Part of the cost: what writing to the cache added' CODEC(ZSTD(1)),
    budget_cost_usd            Nullable(Decimal(18, 12)) COMMENT 'What budgets count for a call without a price; no part of any cost' CODEC(ZSTD(1)),
    price_version              LowCardinality(String) COMMENT 'Version of the price book',
    price_rule                 LowCardinality(String) COMMENT 'The rule that found the rates',
    price_rows                 Array(LowCardinality(String)) COMMENT 'Ids of the price rows used' CODEC(ZSTD(1)),
    prompt_cache_key           String COMMENT 'The request''s prompt_cache_key' CODEC(ZSTD(1)),
    reasoning_effort           LowCardinality(String) COMMENT 'The reasoning effort asked for',
    batch_job_id               String COMMENT 'The batch job of which this is a line' CODEC(ZSTD(1)),
    batch_custom_id            String COMMENT 'The line of the batch job' CODEC(ZSTD(1)),
    anomaly                    LowCardinality(String) COMMENT 'What of the provider''s words cannot be',
    outcome                    LowCardinality(String) COMMENT 'completed, abandoned or failed',
    error_code                 LowCardinality(String) COMMENT 'The provider''s error code, else the kind of failure; empty when it succeeded',
    http_status                Nullable(UInt16) COMMENT 'The HTTP status' CODEC(T64, ZSTD(1)),
    response_id                String COMMENT 'The provider''s id of the response' CODEC(ZSTD(1)),
    trace_id                   String COMMENT 'W3C trace id' CODEC(ZSTD(1)),
    span_id                    String COMMENT 'W3C span id' CODEC(ZSTD(1)),
    call_site                  LowCardinality(String) COMMENT 'class.method:line of the nearest frame of the application',
    client                     LowCardinality(String) COMMENT 'The client library with its version',
    server_address             LowCardinality(String) COMMENT 'The host called',
    received_at                DateTime('UTC') DEFAULT now() COMMENT 'When it came here' CODEC(Delta, ZSTD(1)),

    INDEX by_event_id event_id TYPE bloom_filter(0.001) GRANULARITY 4,
    INDEX by_trace_id trace_id TYPE bloom_filter(0.001) GRANULARITY 4,
    INDEX by_request_id request_id TYPE bloom_filter(0.001) GRANULARITY 4
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
PARTITION BY toYYYYMM(timestamp)
PRIMARY KEY (toStartOfHour(timestamp), customer_id, feature)
ORDER BY (toStartOfHour(timestamp), customer_id, feature, timestamp, event_id)
TTL received_at + INTERVAL 25 MONTH
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS costattr_shard.costattr_other_events ON CLUSTER '{cluster}'
(
    timestamp           DateTime64(3, 'UTC'),
    service             LowCardinality(String),
    event_name          LowCardinality(String),
    trace_id            String,
    body                String,
    attributes          Map(LowCardinality(String), String),
    resource_attributes Map(LowCardinality(String), String),
    received_at         DateTime('UTC') DEFAULT now()
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
PARTITION BY toYYYYMM(received_at)
ORDER BY (event_name, received_at)
TTL received_at + INTERVAL 6 MONTH
SETTINGS ttl_only_drop_parts = 1;

-- 040-sums-by-hour.sql
CREATE TABLE IF NOT EXISTS costattr_shard.costattr_touched_hours ON CLUSTER '{cluster}'
(
    hour       DateTime('UTC'),
    touched_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', touched_at)
ORDER BY hour
TTL toDateTime(touched_at) + INTERVAL 7 DAY;

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr_shard.costattr_touched_hours_from_calls ON CLUSTER '{cluster}' TO costattr_shard.costattr_touched_hours AS
SELECT DISTINCT
    toStartOfHour(timestamp) AS hour,
    now64(3) AS touched_at
FROM costattr_shard.costattr_calls;

CREATE TABLE IF NOT EXISTS costattr_shard.costattr_sums_by_hour ON CLUSTER '{cluster}'
(
    hour               DateTime('UTC'),
    environment        LowCardinality(String),
    team               LowCardinality(String),
    feature            LowCardinality(String),
    route              LowCardinality(String),
    provider           LowCardinality(String),
    model              LowCardinality(String),
    calls              UInt64 CODEC(T64, ZSTD(1)),
    requests           UInt64 CODEC(T64, ZSTD(1)) COMMENT 'Calls that are no retry',
    failed_calls       UInt64 CODEC(T64, ZSTD(1)),
    unpriced_calls     UInt64 CODEC(T64, ZSTD(1)),
    input_tokens       UInt64 CODEC(T64, ZSTD(1)),
    output_tokens      UInt64 CODEC(T64, ZSTD(1)),
    cached_tokens      UInt64 CODEC(T64, ZSTD(1)),
    cache_write_tokens UInt64 CODEC(T64, ZSTD(1)),
    reasoning_tokens   UInt64 CODEC(T64, ZSTD(1)),
    cost_usd           Decimal(38, 12) CODEC(ZSTD(1)),
    wasted_usd         Decimal(38, 12) CODEC(ZSTD(1)) COMMENT 'Part of cost_usd: of attempts that failed, broke off or were given up',
    at_risk_usd        Decimal(38, 12) CODEC(ZSTD(1)),
    cache_savings_usd  Decimal(38, 12) CODEC(ZSTD(1)),
    computed_at        DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', computed_at)
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, environment, team, feature, route, provider, model)
TTL toDateTime(computed_at) + INTERVAL 25 MONTH
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS costattr_shard.costattr_customer_sums_by_hour ON CLUSTER '{cluster}'
(
    hour              DateTime('UTC'),
    environment       LowCardinality(String),
    customer_id       String,
    team              LowCardinality(String),
    feature           LowCardinality(String),
    provider          LowCardinality(String),
    model             LowCardinality(String),
    calls             UInt64 CODEC(T64, ZSTD(1)),
    requests          UInt64 CODEC(T64, ZSTD(1)) COMMENT 'Calls that are no retry',
    failed_calls      UInt64 CODEC(T64, ZSTD(1)),
    unpriced_calls    UInt64 CODEC(T64, ZSTD(1)),
    input_tokens      UInt64 CODEC(T64, ZSTD(1)),
    output_tokens     UInt64 CODEC(T64, ZSTD(1)),
    cached_tokens     UInt64 CODEC(T64, ZSTD(1)),
    cost_usd          Decimal(38, 12) CODEC(ZSTD(1)),
    wasted_usd        Decimal(38, 12) CODEC(ZSTD(1)),
    cache_savings_usd Decimal(38, 12) CODEC(ZSTD(1)),
    computed_at       DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', computed_at)
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, environment, customer_id, team, feature, provider, model)
TTL toDateTime(computed_at) + INTERVAL 25 MONTH
SETTINGS ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr_shard.costattr_sums_by_hour_refresh ON CLUSTER '{cluster}'
REFRESH EVERY 1 MINUTE APPEND TO costattr_shard.costattr_sums_by_hour AS
SELECT
    toStartOfHour(timestamp) AS hour,
    environment, team, feature, route, provider, model,
    count() AS calls,
    countIf(attempt <= 1) AS requests,
    countIf(outcome != 'completed' OR error_code != '') AS failed_calls,
    countIf(cost_basis IN ('unpriced', 'unknown')) AS unpriced_calls,
    sum(coalesce(input_tokens, 0)) AS input_tokens,
    sum(coalesce(output_tokens, 0)) AS output_tokens,
    sum(cached_tokens) AS cached_tokens,
    sum(cache_write_tokens) AS cache_write_tokens,
    sum(reasoning_tokens) AS reasoning_tokens,
    sum(coalesce(cost_usd, 0)) AS cost_usd,
    sumIf(coalesce(c.cost_usd, 0), outcome != 'completed' OR error_code != '') AS wasted_usd,
    sum(coalesce(cost_at_risk_usd, 0)) AS at_risk_usd,
    sum(coalesce(cache_savings_usd, 0)) AS cache_savings_usd,
    now64(3) AS computed_at
FROM costattr_shard.costattr_calls AS c FINAL
WHERE toStartOfHour(timestamp) IN
(
    SELECT hour
    FROM (SELECT hour, max(touched_at) AS touched_at FROM costattr_shard.costattr_touched_hours GROUP BY hour) AS touched
    LEFT JOIN
    (
        SELECT hour, max(computed_at) AS computed_at
        FROM costattr_shard.costattr_sums_by_hour
        WHERE hour IN (SELECT hour FROM costattr_shard.costattr_touched_hours)
        GROUP BY hour
    ) AS done USING (hour)
    WHERE touched.touched_at > done.computed_at - INTERVAL 5 MINUTE
)
GROUP BY hour, environment, team, feature, route, provider, model;

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr_shard.costattr_customer_sums_by_hour_refresh ON CLUSTER '{cluster}'
REFRESH EVERY 1 MINUTE APPEND TO costattr_shard.costattr_customer_sums_by_hour AS
SELECT
    toStartOfHour(timestamp) AS hour,
    environment, customer_id, team, feature, provider, model,
    count() AS calls,
    countIf(attempt <= 1) AS requests,
    countIf(outcome != 'completed' OR error_code != '') AS failed_calls,
    countIf(cost_basis IN ('unpriced', 'unknown')) AS unpriced_calls,
    sum(coalesce(input_tokens, 0)) AS input_tokens,
    sum(coalesce(output_tokens, 0)) AS output_tokens,
    sum(cached_tokens) AS cached_tokens,
    sum(coalesce(cost_usd, 0)) AS cost_usd,
    sumIf(coalesce(c.cost_usd, 0), outcome != 'completed' OR error_code != '') AS wasted_usd,
    sum(coalesce(cache_savings_usd, 0)) AS cache_savings_usd,
    now64(3) AS computed_at
FROM costattr_shard.costattr_calls AS c FINAL
WHERE toStartOfHour(timestamp) IN
(
    SELECT hour
    FROM (SELECT hour, max(touched_at) AS touched_at FROM costattr_shard.costattr_touched_hours GROUP BY hour) AS touched
    LEFT JOIN
    (
        SELECT hour, max(computed_at) AS computed_at
        FROM costattr_shard.costattr_customer_sums_by_hour
        WHERE hour IN (SELECT hour FROM costattr_shard.costattr_touched_hours)
        GROUP BY hour
    ) AS done USING (hour)
    WHERE touched.touched_at > done.computed_at - INTERVAL 5 MINUTE
)
GROUP BY hour, environment, customer_id, team, feature, provider, model;

-- 050-sums-by-day.sql
CREATE TABLE IF NOT EXISTS costattr_shard.costattr_sums_by_day ON CLUSTER '{cluster}'
(
    day                Date,
    environment        LowCardinality(String),
    team               LowCardinality(String),
    feature            LowCardinality(String),
    route              LowCardinality(String),
    provider           LowCardinality(String),
    model              LowCardinality(String),
    calls              UInt64 CODEC(T64, ZSTD(1)),
    requests           UInt64 CODEC(T64, ZSTD(1)),
    failed_calls       UInt64 CODEC(T64, ZSTD(1)),
    unpriced_calls     UInt64 CODEC(T64, ZSTD(1)),
    input_tokens       UInt64 CODEC(T64, ZSTD(1)),
    output_tokens      UInt64 CODEC(T64, ZSTD(1)),
    cached_tokens      UInt64 CODEC(T64, ZSTD(1)),
    cache_write_tokens UInt64 CODEC(T64, ZSTD(1)),
    reasoning_tokens   UInt64 CODEC(T64, ZSTD(1)),
    cost_usd           Decimal(38, 12) CODEC(ZSTD(1)),
    wasted_usd         Decimal(38, 12) CODEC(ZSTD(1)),
    at_risk_usd        Decimal(38, 12) CODEC(ZSTD(1)),
    cache_savings_usd  Decimal(38, 12) CODEC(ZSTD(1)),
    computed_at        DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', computed_at)
PARTITION BY toYYYYMM(day)
ORDER BY (day, environment, team, feature, route, provider, model);

CREATE TABLE IF NOT EXISTS costattr_shard.costattr_customer_sums_by_day ON CLUSTER '{cluster}'
(
    day               Date,
    environment       LowCardinality(String),
    customer_id       String,
    team              LowCardinality(String),
    feature           LowCardinality(String),
    provider          LowCardinality(String),
    model             LowCardinality(String),
    calls             UInt64 CODEC(T64, ZSTD(1)),
    requests          UInt64 CODEC(T64, ZSTD(1)),
    failed_calls      UInt64 CODEC(T64, ZSTD(1)),
    unpriced_calls    UInt64 CODEC(T64, ZSTD(1)),
    input_tokens      UInt64 CODEC(T64, ZSTD(1)),
    output_tokens     UInt64 CODEC(T64, ZSTD(1)),
    cached_tokens     UInt64 CODEC(T64, ZSTD(1)),
    cost_usd          Decimal(38, 12) CODEC(ZSTD(1)),
    wasted_usd        Decimal(38, 12) CODEC(ZSTD(1)),
    cache_savings_usd Decimal(38, 12) CODEC(ZSTD(1)),
    computed_at       DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', computed_at)
PARTITION BY toYYYYMM(day)
ORDER BY (day, environment, customer_id, team, feature, provider, model);

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr_shard.costattr_sums_by_day_refresh ON CLUSTER '{cluster}'
REFRESH EVERY 1 MINUTE DEPENDS ON costattr_shard.costattr_sums_by_hour_refresh APPEND TO costattr_shard.costattr_sums_by_day AS
SELECT
    toDate(hour) AS day,
    environment, team, feature, route, provider, model,
    sum(h.calls) AS calls,
    sum(h.requests) AS requests,
    sum(h.failed_calls) AS failed_calls,
    sum(h.unpriced_calls) AS unpriced_calls,
    sum(h.input_tokens) AS input_tokens,
    sum(h.output_tokens) AS output_tokens,
    sum(h.cached_tokens) AS cached_tokens,
    sum(h.cache_write_tokens) AS cache_write_tokens,
    sum(h.reasoning_tokens) AS reasoning_tokens,
    sum(h.cost_usd) AS cost_usd,
    sum(h.wasted_usd) AS wasted_usd,
    sum(h.at_risk_usd) AS at_risk_usd,
    sum(h.cache_savings_usd) AS cache_savings_usd,
    now64(3) AS computed_at
FROM costattr_shard.costattr_sums_by_hour AS h FINAL
WHERE toDate(hour) IN
(
    SELECT day
    FROM
    (
        SELECT toDate(hour) AS day, max(computed_at) AS computed_at
        FROM costattr_shard.costattr_sums_by_hour
        WHERE toDate(hour) IN (SELECT toDate(hour) FROM costattr_shard.costattr_touched_hours)
        GROUP BY day
    ) AS hours
    LEFT JOIN
    (
        SELECT day, max(computed_at) AS computed_at
        FROM costattr_shard.costattr_sums_by_day
        WHERE day IN (SELECT toDate(hour) FROM costattr_shard.costattr_touched_hours)
        GROUP BY day
    ) AS done USING (day)
    WHERE hours.computed_at > done.computed_at - INTERVAL 5 MINUTE
)
GROUP BY day, environment, team, feature, route, provider, model;

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr_shard.costattr_customer_sums_by_day_refresh ON CLUSTER '{cluster}'
REFRESH EVERY 1 MINUTE DEPENDS ON costattr_shard.costattr_customer_sums_by_hour_refresh APPEND TO costattr_shard.costattr_customer_sums_by_day AS
SELECT
    toDate(hour) AS day,
    environment, customer_id, team, feature, provider, model,
    sum(h.calls) AS calls,
    sum(h.requests) AS requests,
    sum(h.failed_calls) AS failed_calls,
    sum(h.unpriced_calls) AS unpriced_calls,
    sum(h.input_tokens) AS input_tokens,
    sum(h.output_tokens) AS output_tokens,
    sum(h.cached_tokens) AS cached_tokens,
    sum(h.cost_usd) AS cost_usd,
    sum(h.wasted_usd) AS wasted_usd,
    sum(h.cache_savings_usd) AS cache_savings_usd,
    now64(3) AS computed_at
FROM costattr_shard.costattr_customer_sums_by_hour AS h FINAL
WHERE toDate(hour) IN
(
    SELECT day
    FROM
    (
        SELECT toDate(hour) AS day, max(computed_at) AS computed_at
        FROM costattr_shard.costattr_customer_sums_by_hour
        WHERE toDate(hour) IN (SELECT toDate(hour) FROM costattr_shard.costattr_touched_hours)
        GROUP BY day
    ) AS hours
    LEFT JOIN
    (
        SELECT day, max(computed_at) AS computed_at
        FROM costattr_shard.costattr_customer_sums_by_day
        WHERE day IN (SELECT toDate(hour) FROM costattr_shard.costattr_touched_hours)
        GROUP BY day
    ) AS done USING (day)
    WHERE hours.computed_at > done.computed_at - INTERVAL 5 MINUTE
)
GROUP BY day, environment, customer_id, team, feature, provider, model;

-- 060-views.sql
CREATE VIEW IF NOT EXISTS costattr_shard.costattr_hourly ON CLUSTER '{cluster}' AS
SELECT * EXCEPT computed_at FROM costattr_shard.costattr_sums_by_hour FINAL;

CREATE VIEW IF NOT EXISTS costattr_shard.costattr_customer_hourly ON CLUSTER '{cluster}' AS
SELECT * EXCEPT computed_at FROM costattr_shard.costattr_customer_sums_by_hour FINAL;

CREATE VIEW IF NOT EXISTS costattr_shard.costattr_daily ON CLUSTER '{cluster}' AS
SELECT * EXCEPT computed_at FROM costattr_shard.costattr_sums_by_day FINAL;

CREATE VIEW IF NOT EXISTS costattr_shard.costattr_customer_daily ON CLUSTER '{cluster}' AS
SELECT * EXCEPT computed_at FROM costattr_shard.costattr_customer_sums_by_day FINAL;

-- 070-customer-prices.sql
CREATE TABLE IF NOT EXISTS costattr_shard.costattr_customer_prices ON CLUSTER '{cluster}'
(
    customer_id String COMMENT 'As the application says it; hashed where customer ids are hashed',
    month       Date COMMENT 'First day of the month',
    paid_usd    Decimal(18, 2) COMMENT 'What the customer pays for that month',
    active_users UInt64 DEFAULT 0 COMMENT 'Users of the customer who were active in it; 0 when not known',
    set_at      DateTime('UTC') DEFAULT now()
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', set_at)
ORDER BY (month, customer_id);

-- 080-traces.sql
CREATE TABLE IF NOT EXISTS costattr_shard.otel_traces ON CLUSTER '{cluster}'
(
    Timestamp          DateTime64(9) CODEC(Delta, ZSTD(1)),
    TraceId            String CODEC(ZSTD(1)),
    SpanId             String CODEC(ZSTD(1)),
    ParentSpanId       String CODEC(ZSTD(1)),
    TraceState         String CODEC(ZSTD(1)),
    SpanName           LowCardinality(String) CODEC(ZSTD(1)),
    SpanKind           LowCardinality(String) CODEC(ZSTD(1)),
    ServiceName        LowCardinality(String) CODEC(ZSTD(1)),
    ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ScopeName          String CODEC(ZSTD(1)),
    ScopeVersion       String CODEC(ZSTD(1)),
    SpanAttributes     Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    Duration           UInt64 CODEC(ZSTD(1)),
    StatusCode         LowCardinality(String) CODEC(ZSTD(1)),
    StatusMessage      String CODEC(ZSTD(1)),
    Events Nested
    (
        Timestamp  DateTime64(9),
        Name       LowCardinality(String),
        Attributes Map(LowCardinality(String), String)
    ) CODEC(ZSTD(1)),
    Links Nested
    (
        TraceId    String,
        SpanId     String,
        TraceState String,
        Attributes Map(LowCardinality(String), String)
    ) CODEC(ZSTD(1)),
    received_at        DateTime('UTC') DEFAULT now() CODEC(Delta, ZSTD(1)),

    INDEX by_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
PARTITION BY toDate(received_at)
ORDER BY (ServiceName, SpanName, toDateTime(Timestamp))
TTL received_at + INTERVAL 14 DAY
SETTINGS ttl_only_drop_parts = 1;

-- What spans the shards.
CREATE TABLE IF NOT EXISTS costattr.costattr_calls ON CLUSTER '{cluster}' AS costattr_shard.costattr_calls
ENGINE = Distributed('{cluster}', costattr_shard, costattr_calls, cityHash64(customer_id));

CREATE TABLE IF NOT EXISTS costattr.costattr_other_events ON CLUSTER '{cluster}' AS costattr_shard.costattr_other_events
ENGINE = Distributed('{cluster}', costattr_shard, costattr_other_events, cityHash64(trace_id, body));

CREATE TABLE IF NOT EXISTS costattr.costattr_customer_prices ON CLUSTER '{cluster}' AS costattr_shard.costattr_customer_prices
ENGINE = Distributed('{cluster}', costattr_shard, costattr_customer_prices, cityHash64(customer_id));

CREATE TABLE IF NOT EXISTS costattr.otel_traces ON CLUSTER '{cluster}' AS costattr_shard.otel_traces
ENGINE = Distributed('{cluster}', costattr_shard, otel_traces, cityHash64(TraceId));

CREATE TABLE IF NOT EXISTS costattr.costattr_hourly ON CLUSTER '{cluster}' AS costattr_shard.costattr_hourly
ENGINE = Distributed('{cluster}', costattr_shard, costattr_hourly);

CREATE TABLE IF NOT EXISTS costattr.costattr_daily ON CLUSTER '{cluster}' AS costattr_shard.costattr_daily
ENGINE = Distributed('{cluster}', costattr_shard, costattr_daily);

CREATE TABLE IF NOT EXISTS costattr.costattr_customer_hourly ON CLUSTER '{cluster}' AS costattr_shard.costattr_customer_hourly
ENGINE = Distributed('{cluster}', costattr_shard, costattr_customer_hourly);

CREATE TABLE IF NOT EXISTS costattr.costattr_customer_daily ON CLUSTER '{cluster}' AS costattr_shard.costattr_customer_daily
ENGINE = Distributed('{cluster}', costattr_shard, costattr_customer_daily);

-- 010-landing.sql
CREATE TABLE IF NOT EXISTS costattr.otel_logs ON CLUSTER '{cluster}'
(
    Timestamp          DateTime64(9),
    TraceId            String,
    SpanId             String,
    TraceFlags         UInt8,
    SeverityText       LowCardinality(String),
    SeverityNumber     UInt8,
    ServiceName        LowCardinality(String),
    Body               String,
    ResourceSchemaUrl  LowCardinality(String),
    ResourceAttributes Map(LowCardinality(String), String),
    ScopeSchemaUrl     LowCardinality(String),
    ScopeName          String,
    ScopeVersion       LowCardinality(String),
    ScopeAttributes    Map(LowCardinality(String), String),
    LogAttributes      Map(LowCardinality(String), String),
    EventName          String
)
ENGINE = Null;

-- 030-calls-from-otel.sql
CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_calls_from_otel ON CLUSTER '{cluster}' TO costattr.costattr_calls AS
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

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_other_events_from_otel ON CLUSTER '{cluster}' TO costattr.costattr_other_events AS
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
