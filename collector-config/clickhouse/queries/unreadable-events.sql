-- Events that came and are no row of the ledger though they should be: money that is missing from every sum. Anything here is
-- a fault. Parameters: from, to (times of arrival).
SELECT
    received_at,
    service,
    event_name,
    attributes
FROM costattr.costattr_other_events
WHERE received_at >= {from:DateTime} AND received_at < {to:DateTime}
    AND (event_name = 'costattr.llm.call' OR attributes['costattr.cost.basis'] != '')
ORDER BY received_at DESC
LIMIT 100
