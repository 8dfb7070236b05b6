-- How large prompts are: median, 95th and 99th percentile, the largest, and what the long-context rates added.
-- Parameters: from, to (times).
SELECT
    feature,
    model,
    count() AS calls,
    quantileExact(0.5)(input_tokens) AS p50_tokens,
    quantileExact(0.95)(input_tokens) AS p95_tokens,
    quantileExact(0.99)(input_tokens) AS p99_tokens,
    max(input_tokens) AS largest,
    sum(long_context_surcharge_usd) AS surcharge_usd
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime} AND input_tokens > 0
GROUP BY feature, model
ORDER BY p95_tokens DESC
