-- Hours in which a feature spent more than three times its average hour of the seven days before, and more than the floor.
-- Hours in which it made no call are no part of the average. A feature in its first day has nothing to be compared with.
-- Parameters: from, to (times), floor_usd.
SELECT
    hour,
    environment,
    team,
    feature,
    spent_usd,
    average_usd,
    spent_usd / average_usd AS times
FROM
(
    SELECT
        hour,
        environment,
        team,
        feature,
        toFloat64(sum(cost_usd)) AS spent_usd,
        avg(spent_usd) OVER week AS average_usd,
        min(hour) OVER week AS first_hour
    FROM costattr.costattr_hourly
    WHERE hour >= {from:DateTime} - INTERVAL 7 DAY AND hour < {to:DateTime}
    GROUP BY hour, environment, team, feature
    WINDOW week AS (
        PARTITION BY environment, team, feature
        ORDER BY toUnixTimestamp(hour)
        RANGE BETWEEN 604800 PRECEDING AND 3600 PRECEDING)
)
WHERE hour >= {from:DateTime}
    AND spent_usd > 3 * average_usd
    AND spent_usd > {floor_usd:Float64}
    AND average_usd > 0
    AND first_hour <= hour - INTERVAL 1 DAY
ORDER BY hour, times DESC
