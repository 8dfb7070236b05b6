-- Where in the code calls are made that nobody pays for. Parameters: from, to (times).
SELECT
    service,
    call_site,
    arrayFilter(x -> x != '', [
        if(feature = '(unattributed)', 'feature', ''),
        if(route = '(unattributed)', 'route', ''),
        if(customer_id = '(unattributed)', 'customer_id', ''),
        if(team = '(unattributed)', 'team', ''),
        if(environment = '(unattributed)', 'environment', '')]) AS lacks,
    count() AS calls,
    sum(cost_usd) AS spent_usd
FROM costattr.costattr_calls FINAL
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime}
GROUP BY service, call_site, lacks
HAVING notEmpty(lacks)
ORDER BY spent_usd DESC, calls DESC
