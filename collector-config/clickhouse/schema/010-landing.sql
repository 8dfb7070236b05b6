-- What the collector's clickhouse exporter inserts into. It keeps nothing itself: the views behind it (030, 040) put
-- every row into exactly one of two tables, and an insert that one of them refuses fails as a whole, so that the collector
-- sends it again. The columns and their types are the exporter's; see its README, "create_schema".
CREATE DATABASE IF NOT EXISTS costattr;

CREATE TABLE IF NOT EXISTS costattr.otel_logs
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
