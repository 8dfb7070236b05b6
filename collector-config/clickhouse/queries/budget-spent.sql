-- What each customer has spent of a budget, as `costattr.jar budgets load` reads it. Parameters: budget (its name in
-- costattr.yaml, counting USD for each customer_id), from (when its window began). Ask for it as CSV.
SELECT {budget:String} AS budget, customer_id, sum(ifNull(cost_usd, ifNull(budget_cost_usd, 0))) AS spent_usd
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND customer_id != '(unattributed)'
GROUP BY customer_id
HAVING spent_usd > 0
ORDER BY customer_id
