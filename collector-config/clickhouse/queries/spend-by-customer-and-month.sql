-- What each customer cost, by month. Parameters: from, to (days, both included).
SELECT
    toStartOfMonth(day) AS month,
    customer_id,
    sum(cost_usd) AS spent_usd,
    sum(calls) AS calls,
    sum(unpriced_calls) AS unpriced_calls
FROM costattr.costattr_customer_daily
WHERE day BETWEEN {from:Date} AND {to:Date}
GROUP BY month, customer_id
ORDER BY month, spent_usd DESC, customer_id
