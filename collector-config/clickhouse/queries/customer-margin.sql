-- What each customer cost against what it paid, for a month. Parameter: month (its first day). Fill
-- costattr_customer_prices from billing first; a customer that is not in it paid nothing.
SELECT
    customer_id,
    spent_usd,
    paid_usd,
    paid_usd - spent_usd AS margin_usd,
    if(paid_usd = 0, NULL, toFloat64(spent_usd) / toFloat64(paid_usd)) AS cost_share,
    if(active_users = 0, NULL, toFloat64(spent_usd) / active_users) AS usd_per_active_user
FROM
(
    SELECT customer_id, sum(cost_usd) AS spent_usd
    FROM costattr.costattr_customer_daily
    WHERE day >= {month:Date} AND day < {month:Date} + INTERVAL 1 MONTH
    GROUP BY customer_id
) AS spent
LEFT JOIN
(
    SELECT customer_id, paid_usd, active_users
    FROM costattr.costattr_customer_prices FINAL
    WHERE month = {month:Date}
) AS paid USING (customer_id)
ORDER BY margin_usd, customer_id
