-- Features that spent something in the last days and nothing in the thirty before. Parameters: today (a day), days.
SELECT
    environment,
    team,
    feature,
    min(day) AS first_seen,
    sum(cost_usd) AS spent_usd
FROM costattr.costattr_daily
WHERE day > {today:Date} - 30 - {days:UInt16} AND day <= {today:Date}
GROUP BY environment, team, feature
HAVING first_seen > {today:Date} - {days:UInt16} AND spent_usd > 0
ORDER BY spent_usd DESC
