-- What each value of a free tag cost, an experiment's arms for example. Parameters: from, to (times), tag (its name).
SELECT
    tags[{tag:String}] AS value,
    sum(cost_usd) AS spent_usd,
    count() AS calls
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime} AND mapContains(tags, {tag:String})
GROUP BY value
ORDER BY spent_usd DESC, value
