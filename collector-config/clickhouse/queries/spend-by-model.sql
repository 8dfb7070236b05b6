-- What each model cost, and its share of all. Parameters: from, to (days, both included).
SELECT
    provider,
    model,
    sum(cost_usd) AS spent_usd,
    if(sum(spent_usd) OVER () = 0, 0, toFloat64(spent_usd) / toFloat64(sum(spent_usd) OVER ())) AS share,
    sum(calls) AS calls,
    sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens
FROM costattr.costattr_daily
WHERE day BETWEEN {from:Date} AND {to:Date}
GROUP BY provider, model
ORDER BY spent_usd DESC, model
