-- Which calls fail, and how. Parameters: from, to (times).
SELECT
    provider,
    model,
    error_code,
    http_status,
    count() AS calls,
    uniqExact(request_id) AS requests,
    sum(cost_usd) AS spent_usd
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime} AND (outcome != 'completed' OR error_code != '')
GROUP BY provider, model, error_code, http_status
ORDER BY calls DESC
