-- The dearest routes, and what one call of each costs. Parameters: from, to (days, both included).
SELECT
    environment,
    route,
    feature,
    sum(cost_usd) AS spent_usd,
    sum(calls) AS calls,
    toFloat64(spent_usd) / calls AS usd_per_call
FROM costattr.costattr_daily
WHERE day BETWEEN {from:Date} AND {to:Date}
GROUP BY environment, route, feature
ORDER BY spent_usd DESC, route
LIMIT 100
