-- Everything about one call. Parameter: event_id.
SELECT *, cost_usd
FROM costattr.costattr_calls FINAL
WHERE event_id = {event_id:UUID}
