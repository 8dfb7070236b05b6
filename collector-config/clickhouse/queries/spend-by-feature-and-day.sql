-- What each feature spent, by day. Parameters: from, to (days, both included).
SELECT
    day,
    environment,
    team,
    feature,
    sum(cost_usd) AS spent_usd,
    sum(calls) AS calls,
    sum(unpriced_calls) AS unpriced_calls
FROM costattr.costattr_daily
WHERE day BETWEEN {from:Date} AND {to:Date}
GROUP BY day, environment, team, feature
ORDER BY day, spent_usd DESC, feature
