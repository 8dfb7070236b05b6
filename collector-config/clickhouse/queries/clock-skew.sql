-- Programs whose clocks are wrong: events from the future, and more than an hour old ones that were not replayed after an
-- outage. Parameters: from, to (times of arrival).
SELECT
    service,
    countIf(timestamp > received_at + INTERVAL 5 MINUTE) AS from_the_future,
    countIf(timestamp < received_at - INTERVAL 1 HOUR) AS late,
    min(timestamp) AS earliest,
    max(timestamp) AS latest
FROM costattr.costattr_calls FINAL
WHERE received_at >= {from:DateTime} AND received_at < {to:DateTime}
GROUP BY service
HAVING from_the_future + late > 0
ORDER BY from_the_future + late DESC
