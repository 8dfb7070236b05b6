-- Totals by program, to hold against its events file or an invoice. Parameters: from, to (times).
SELECT
    service,
    count() AS calls,
    uniqExact(event_id) AS events,
    sum(cost_usd) AS spent_usd,
    countIf(cost_pico_usd IS NULL) AS calls_without_cost,
    min(timestamp) AS first,
    max(timestamp) AS last
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime}
GROUP BY service
ORDER BY service
