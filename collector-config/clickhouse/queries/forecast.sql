-- The month's spend so far, and what it comes to if its remaining days are like the seven before today, and today at least as much
-- as it is already. Parameter: today (a day).
WITH
    toStartOfMonth({today:Date}) AS month,
    dateDiff('day', {today:Date}, month + INTERVAL 1 MONTH) AS days_left
SELECT
    environment,
    sumIf(cost_usd, day >= month) AS month_to_date_usd,
    toFloat64(sumIf(cost_usd, day >= {today:Date} - 7 AND day < {today:Date})) / 7 AS usd_per_day,
    toFloat64(sumIf(cost_usd, day >= month AND day < {today:Date}))
        + greatest(toFloat64(sumIf(cost_usd, day = {today:Date})), usd_per_day)
        + usd_per_day * (days_left - 1) AS forecast_usd
FROM costattr.costattr_daily
WHERE day >= least(month, {today:Date} - 7) AND day <= {today:Date}
GROUP BY environment
ORDER BY forecast_usd DESC
