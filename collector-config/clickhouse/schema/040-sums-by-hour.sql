-- Sums by hour, per feature, customer, route, team and model; 050 makes those by day of them.
--
-- An ordinary materialized view adds up what is inserted, so it counts a call twice that is delivered twice. These are
-- recomputed instead: every minute, each hour that something came for since it was last computed is summed anew from the
-- deduplicated ledger, late and replayed events included, and replaces the earlier sums. They are exact whenever they are
-- computed, at most a minute behind, and cost what the touched hours cost to read.

-- Which hours something came for, and when.
CREATE TABLE IF NOT EXISTS costattr.costattr_touched_hours
(
    hour       DateTime('UTC'),
    touched_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(touched_at)
ORDER BY hour
TTL toDateTime(touched_at) + INTERVAL 7 DAY;

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_touched_hours_from_calls TO costattr.costattr_touched_hours AS
SELECT DISTINCT
    toStartOfHour(timestamp) AS hour,
    now64(3) AS touched_at
FROM costattr.costattr_calls;

-- One row for each combination that occurred. computed_at says which computation is the last.
CREATE TABLE IF NOT EXISTS costattr.costattr_sums_by_hour
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
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, environment, team, feature, route, provider, model)
TTL toDateTime(computed_at) + INTERVAL 25 MONTH
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS costattr.costattr_customer_sums_by_hour
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
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, environment, customer_id, team, feature, provider, model)
TTL toDateTime(computed_at) + INTERVAL 25 MONTH
SETTINGS ttl_only_drop_parts = 1;

-- Five minutes of overlap: an insert may become visible a little after the moment that it says it touched its hour.
CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_sums_by_hour_refresh
REFRESH EVERY 1 MINUTE APPEND TO costattr.costattr_sums_by_hour AS
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
FROM costattr.costattr_calls AS c FINAL
WHERE toStartOfHour(timestamp) IN
(
    SELECT hour
    FROM (SELECT hour, max(touched_at) AS touched_at FROM costattr.costattr_touched_hours GROUP BY hour) AS touched
    LEFT JOIN
    (
        SELECT hour, max(computed_at) AS computed_at
        FROM costattr.costattr_sums_by_hour
        WHERE hour IN (SELECT hour FROM costattr.costattr_touched_hours)
        GROUP BY hour
    ) AS done USING (hour)
    WHERE touched.touched_at > done.computed_at - INTERVAL 5 MINUTE
)
GROUP BY hour, environment, team, feature, route, provider, model;

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_customer_sums_by_hour_refresh
REFRESH EVERY 1 MINUTE APPEND TO costattr.costattr_customer_sums_by_hour AS
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
FROM costattr.costattr_calls AS c FINAL
WHERE toStartOfHour(timestamp) IN
(
    SELECT hour
    FROM (SELECT hour, max(touched_at) AS touched_at FROM costattr.costattr_touched_hours GROUP BY hour) AS touched
    LEFT JOIN
    (
        SELECT hour, max(computed_at) AS computed_at
        FROM costattr.costattr_customer_sums_by_hour
        WHERE hour IN (SELECT hour FROM costattr.costattr_touched_hours)
        GROUP BY hour
    ) AS done USING (hour)
    WHERE touched.touched_at > done.computed_at - INTERVAL 5 MINUTE
)
GROUP BY hour, environment, customer_id, team, feature, provider, model;
