-- What one request costs, retries included: average, median, 95th percentile. Parameters: from, to (times).
SELECT
    feature,
    count() AS requests,
    sum(usd) AS spent_usd,
    toFloat64(spent_usd) / requests AS average_usd,
    quantileExact(0.5)(usd) AS p50_usd,
    quantileExact(0.95)(usd) AS p95_usd,
    max(usd) AS dearest_usd
FROM
(
    SELECT feature, request_id, sum(cost_usd) AS usd
    FROM costattr.costattr_calls FINAL
    WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime} AND cost_pico_usd IS NOT NULL
    GROUP BY feature, request_id
)
GROUP BY feature
ORDER BY spent_usd DESC
