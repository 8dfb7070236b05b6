-- How much of the input the provider's prompt cache served, what that saved, and what it cost to write it.
-- Parameters: from, to (times).
SELECT
    feature,
    model,
    sum(c.cached_tokens) AS all_cached_tokens,
    sum(coalesce(c.input_tokens, 0)) AS all_input_tokens,
    if(all_input_tokens = 0, 0, all_cached_tokens / all_input_tokens) AS hit_rate,
    sum(cache_savings_usd) AS saved_usd,
    sum(cache_premium_usd) AS paid_for_writing_usd
FROM costattr.costattr_calls AS c FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime}
GROUP BY feature, model
HAVING all_input_tokens > 0
ORDER BY all_input_tokens DESC
