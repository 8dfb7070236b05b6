-- Calls whose cost is not known, and how many tokens they used. Parameters: from, to (times).
SELECT
    provider,
    model,
    request_model,
    cost_basis,
    count() AS calls,
    sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens,
    max(timestamp) AS last_seen
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime} AND cost_basis IN ('unpriced', 'unknown')
GROUP BY provider, model, request_model, cost_basis
ORDER BY calls DESC
