-- The ledger: one row for each attempt that reached a provider.
--
-- Delivery is at least once, so a row may come twice, minutes or days apart. Both have the same sorting key, because
-- everything in it is part of the event: a merge leaves one, and a query with FINAL sees one at any time. Read it with
-- FINAL, or as a user whose profile says final = 1 (all of server/users.xml do). Sums of cost_usd are exact: a Decimal,
-- not a float, and wide enough where a sum of the Int64 would overflow at 9.2 million dollars.
--
-- The order suits the questions: a time range first, then a customer or a feature in it. Nothing expires by its own
-- timestamp, which a wrong clock may have set to 1970, but by when it was received.
CREATE TABLE IF NOT EXISTS costattr.costattr_calls
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
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(timestamp)
PRIMARY KEY (toStartOfHour(timestamp), customer_id, feature)
ORDER BY (toStartOfHour(timestamp), customer_id, feature, timestamp, event_id)
-- 25 months: two whole years can be compared. Change it with ALTER TABLE ... MODIFY TTL.
TTL received_at + INTERVAL 25 MONTH
SETTINGS ttl_only_drop_parts = 1;

-- What an event was that is no call, or is one that could not be read. Nothing that arrives is dropped: a row here with
-- the event name costattr.llm.call, or without one but with a cost, is money that is missing above, and
-- queries/unreadable-events.sql finds it.
CREATE TABLE IF NOT EXISTS costattr.costattr_other_events
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
ENGINE = MergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (event_name, received_at)
TTL received_at + INTERVAL 6 MONTH
SETTINGS ttl_only_drop_parts = 1;
