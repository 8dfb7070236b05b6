-- Notices of prompts beyond the configured size. Parameters: from, to (times).
SELECT
    service,
    attributes['costattr.feature'] AS feature,
    attributes['costattr.customer.id'] AS customer_id,
    attributes['costattr.call_site'] AS call_site,
    count() AS prompts,
    max(toUInt64OrZero(attributes['gen_ai.usage.input_tokens'])) AS largest
FROM costattr.costattr_other_events
WHERE timestamp >= {from:DateTime} AND timestamp < {to:DateTime} AND attributes['costattr.prompt.limit'] != ''
GROUP BY service, feature, customer_id, call_site
ORDER BY prompts DESC
