-- Sums by UTC day, of the sums by hour: exact because those are, and recomputed whenever an hour of the day was.
-- They are small, and kept for good.
CREATE TABLE IF NOT EXISTS costattr.costattr_sums_by_day
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
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(day)
ORDER BY (day, environment, team, feature, route, provider, model);

CREATE TABLE IF NOT EXISTS costattr.costattr_customer_sums_by_day
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
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toYYYYMM(day)
ORDER BY (day, environment, customer_id, team, feature, provider, model);

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_sums_by_day_refresh
REFRESH EVERY 1 MINUTE DEPENDS ON costattr.costattr_sums_by_hour_refresh APPEND TO costattr.costattr_sums_by_day AS
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
FROM costattr.costattr_sums_by_hour AS h FINAL
WHERE toDate(hour) IN
(
    SELECT day
    FROM
    (
        SELECT toDate(hour) AS day, max(computed_at) AS computed_at
        FROM costattr.costattr_sums_by_hour
        WHERE toDate(hour) IN (SELECT toDate(hour) FROM costattr.costattr_touched_hours)
        GROUP BY day
    ) AS hours
    LEFT JOIN
    (
        SELECT day, max(computed_at) AS computed_at
        FROM costattr.costattr_sums_by_day
        WHERE day IN (SELECT toDate(hour) FROM costattr.costattr_touched_hours)
        GROUP BY day
    ) AS done USING (day)
    WHERE hours.computed_at > done.computed_at - INTERVAL 5 MINUTE
)
GROUP BY day, environment, team, feature, route, provider, model;

CREATE MATERIALIZED VIEW IF NOT EXISTS costattr.costattr_customer_sums_by_day_refresh
REFRESH EVERY 1 MINUTE DEPENDS ON costattr.costattr_customer_sums_by_hour_refresh APPEND TO costattr.costattr_customer_sums_by_day AS
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
FROM costattr.costattr_customer_sums_by_hour AS h FINAL
WHERE toDate(hour) IN
(
    SELECT day
    FROM
    (
        SELECT toDate(hour) AS day, max(computed_at) AS computed_at
        FROM costattr.costattr_customer_sums_by_hour
        WHERE toDate(hour) IN (SELECT toDate(hour) FROM costattr.costattr_touched_hours)
        GROUP BY day
    ) AS hours
    LEFT JOIN
    (
        SELECT day, max(computed_at) AS computed_at
        FROM costattr.costattr_customer_sums_by_day
        WHERE day IN (SELECT toDate(hour) FROM costattr.costattr_touched_hours)
        GROUP BY day
    ) AS done USING (day)
    WHERE hours.computed_at > done.computed_at - INTERVAL 5 MINUTE
)
GROUP BY day, environment, customer_id, team, feature, provider, model;
