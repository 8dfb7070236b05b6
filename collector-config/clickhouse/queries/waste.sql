-- What was paid for nothing: attempts that failed, were given up or cut off, retries, and what may have been billed beyond
-- what is known. Parameters: from, to (times).
SELECT
    team,
    feature,
    countIf(outcome = 'failed' OR error_code != '') AS failed_calls,
    countIf(outcome = 'abandoned') AS abandoned_calls,
    countIf(attempt > 1) AS retries,
    ifNull(sumIf(cost_usd, outcome != 'completed' OR error_code != ''), 0) AS wasted_usd,
    ifNull(sumIf(cost_usd, attempt > 1), 0) AS retries_usd,
    ifNull(sum(cost_at_risk_usd), 0) AS at_risk_usd
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime}
GROUP BY team, feature
HAVING failed_calls + abandoned_calls + retries > 0
ORDER BY wasted_usd + at_risk_usd DESC, failed_calls DESC
