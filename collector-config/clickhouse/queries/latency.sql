-- How long calls take, in milliseconds. Parameters: from, to (times).
SELECT
    feature,
    model,
    stream,
    count() AS calls,
    quantileExact(0.5)(latency_ms) AS p50_ms,
    quantileExact(0.95)(latency_ms) AS p95_ms,
    quantileExact(0.99)(latency_ms) AS p99_ms,
    quantileExact(0.95)(ttft_ms) AS p95_first_byte_ms
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime} AND outcome = 'completed' AND latency_ms IS NOT NULL
GROUP BY feature, model, stream
ORDER BY calls DESC
