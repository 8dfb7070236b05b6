-- What each team spent, by month. Parameters: from, to (days, both included).
SELECT
    toStartOfMonth(day) AS month,
    environment,
    team,
    sum(cost_usd) AS spent_usd,
    sum(calls) AS calls
FROM costattr.costattr_daily
WHERE day BETWEEN {from:Date} AND {to:Date}
GROUP BY month, environment, team
ORDER BY month, spent_usd DESC, team
