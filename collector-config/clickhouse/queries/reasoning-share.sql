-- How much of the output is reasoning, by effort asked for. Parameters: from, to (times).
SELECT
    feature,
    model,
    reasoning_effort,
    count() AS calls,
    sum(reasoning_tokens) AS reasoning,
    sum(output_tokens) AS output,
    if(output = 0, 0, reasoning / output) AS share,
    sum(cost_usd) AS spent_usd
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime}
GROUP BY feature, model, reasoning_effort
HAVING reasoning > 0
ORDER BY reasoning DESC
