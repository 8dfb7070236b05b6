"""Whether the figures on the other dashboards can be trusted: agents, the collector, what is not attributed, what has no price."""

from grafana import (
    COUNT,
    GREEN,
    ORANGE,
    RED,
    SECONDS,
    SHARE,
    USD,
    Column,
    Dashboard,
    column,
    instant,
    prom,
    series,
    sql,
    stat,
    steps,
    table,
)
from promql import CALLS, ratio, whole

DOWN = steps(RED, 1, GREEN)
ANY_IS_BAD = steps(GREEN, 1, RED)


def risen(metric, by="", window="$__range"):
    return "sum%s(increase(%s[%s]))" % (" by (%s) " % by if by else "", metric, window)


DASHBOARD = Dashboard(
    "platform",
    "costattr: platform",
    "Health of agents and collector, coverage, and calls without a price: what the other dashboards may be missing. Not narrowed by what is chosen elsewhere.",
    [],
    [
        (
            "",
            [
                stat(
                    "Events lost by agents",
                    "Entries that an agent could not keep: sums are too low by what they cost.",
                    instant(whole(risen("costattr_agent_dropped_total"))),
                    COUNT,
                    ANY_IS_BAD,
                    width=4,
                ),
                stat(
                    "Events that could not be read",
                    "Events that came and are not in the ledger though they should be.",
                    sql(
                        "SELECT count() AS events\nFROM costattr.costattr_other_events\nWHERE $__timeFilter(received_at)\n    AND (event_name = 'costattr.llm.call' OR attributes['costattr.cost.basis'] != '')"
                    ),
                    COUNT,
                    ANY_IS_BAD,
                    width=4,
                ),
                stat(
                    "Collectors up",
                    "Share of the collectors that Prometheus reaches.",
                    instant('avg(up{job="collector"})'),
                    SHARE,
                    DOWN,
                    width=4,
                ),
                stat(
                    "Calls without a price",
                    "They count as unknown, never as zero.",
                    instant(whole(risen("costattr_llm_unpriced_calls_total"))),
                    COUNT,
                    steps(GREEN, 1, ORANGE, 1000, RED),
                    width=4,
                ),
                stat(
                    "Calls that name no feature",
                    "Share of all calls.",
                    instant(ratio(risen('costattr_llm_unattributed_calls_total{costattr_dimension="feature"}'), risen(CALLS))),
                    SHARE,
                    steps(GREEN, 0.02, ORANGE, 0.1, RED),
                    width=4,
                ),
                stat(
                    "From call to ledger, 95 % within",
                    "From the start of a call to its row in ClickHouse: the call itself, the agent's batch, the collector's.",
                    sql(
                        "SELECT quantile(0.95)(greatest(0, dateDiff('millisecond', timestamp, toDateTime64(received_at, 3, 'UTC')))) / 1000 AS seconds\nFROM costattr.costattr_calls FINAL\nWHERE $__timeFilter(received_at)"
                    ),
                    SECONDS,
                    steps(GREEN, 60, ORANGE, 600, RED),
                    width=4,
                ),
            ],
        ),
        (
            "Agents",
            [
                series(
                    "Calls taken a minute, by program",
                    "What agents took from applications.",
                    prom("60 * sum by (job) (rate(costattr_agent_events_total[$__rate_interval]))", "{{job}}"),
                    COUNT,
                    stacked=True,
                    width=8,
                    calcs=("mean", "max"),
                ),
                series(
                    "Waiting in agents",
                    "Entries in memory on their way out, and on disk because the collector does not have them yet.",
                    [
                        prom("max by (job) (max_over_time(costattr_agent_queue_size[$__rate_interval]))", "{{job}}: memory"),
                        prom("max by (job) (max_over_time(costattr_agent_spool_events[$__rate_interval]))", "{{job}}: disk", "B"),
                    ],
                    COUNT,
                    width=8,
                    calcs=("max", "lastNotNull"),
                ),
                series(
                    "Lost or not settled",
                    "Entries, by program and by what lost them. Anything but zero is a fault.",
                    [
                        prom(
                            risen("costattr_agent_dropped_total", "job, costattr_stage", "$__rate_interval"),
                            "{{job}}: {{costattr_stage}}",
                        ),
                        prom(risen("costattr_agent_errors_total", "job", "$__rate_interval"), "{{job}}: not settled", "B"),
                    ],
                    COUNT,
                    width=8,
                    calcs=("max", "sum"),
                ),
                table(
                    "Programs",
                    "Which programs report, in which version of the price book, and when a call of theirs came last.",
                    sql("""
SELECT
    service,
    environment,
    count() AS calls,
    argMaxIf(price_version, timestamp, price_version != '') AS prices,
    argMaxIf(client, timestamp, client != '') AS last_client,
    max(timestamp) AS last_call
FROM costattr.costattr_calls FINAL
WHERE $__timeFilter(timestamp)
GROUP BY service, environment
ORDER BY calls DESC
LIMIT 200"""),
                    [
                        ("service", Column("Program")),
                        ("environment", Column("Environment")),
                        ("calls", Column("Calls", COUNT)),
                        ("prices", Column("Price book")),
                        ("last_client", Column("Client, last seen")),
                        ("last_call", Column("Last call", width=190)),
                    ],
                    sort="Calls",
                    height=7,
                ),
            ],
        ),
        (
            "Collector",
            [
                series(
                    "Events received and sent on a minute",
                    "What the collector took from agents and gave to ClickHouse. They differ while a queue fills or drains.",
                    [
                        prom(
                            '60 * sum(rate({__name__=~"otelcol_receiver_accepted_log_records(_total)?"}[$__rate_interval]))',
                            "received",
                        ),
                        prom(
                            '60 * sum(rate({__name__=~"otelcol_exporter_sent_log_records(_total)?"}[$__rate_interval]))',
                            "sent on",
                            "B",
                        ),
                    ],
                    COUNT,
                    width=8,
                    legend="bottom",
                    calcs=("mean", "max"),
                ),
                series(
                    "Queues",
                    "How full they are: at 100 % agents are told to wait.",
                    prom(
                        "max by (exporter, data_type) (max_over_time(otelcol_exporter_queue_size[$__rate_interval])) / max by (exporter, data_type) (max_over_time(otelcol_exporter_queue_capacity[$__rate_interval]))",
                        "{{exporter}}, {{data_type}}",
                    ),
                    SHARE,
                    width=8,
                    legend="bottom",
                    calcs=("max", "lastNotNull"),
                ),
                series(
                    "Memory",
                    "Of the collector's process; its limiter refuses before it runs out.",
                    prom(
                        'max by (instance) (max_over_time({__name__=~"otelcol_process_memory_rss(_bytes)?"}[$__rate_interval]))',
                        "{{instance}}",
                    ),
                    "bytes",
                    width=8,
                    legend="bottom",
                    calcs=("max", "lastNotNull"),
                ),
            ],
        ),
        (
            "Coverage",
            [
                series(
                    "Calls without a dimension, by dimension",
                    "Share of all calls, by what nobody says.",
                    prom(
                        "sum by (costattr_dimension) (rate(costattr_llm_unattributed_calls_total[$__rate_interval])) / scalar(sum(rate(costattr_llm_calls_total[$__rate_interval])) > 0)",
                        "{{costattr_dimension}}",
                    ),
                    SHARE,
                    calcs=("mean", "lastNotNull"),
                ),
                table(
                    "Where attribution is missing",
                    "Places in the code whose calls lack something, the dearest first: the list to work off.",
                    [
                        column(risen("costattr_coverage_cost_USD_total", "costattr_call_site, costattr_dimension"), "A"),
                        column(whole(risen("costattr_coverage_calls_total", "costattr_call_site, costattr_dimension")), "B"),
                    ],
                    [
                        ("costattr_call_site", Column("Place in the code")),
                        ("costattr_dimension", Column("Lacks")),
                        ("Value #A", Column("Spent", USD)),
                        ("Value #B", Column("Calls", COUNT)),
                    ],
                    sort="Spent",
                    width=12,
                    height=8,
                ),
            ],
        ),
        (
            "Prices",
            [
                table(
                    "Models without a price",
                    "Models that the price book does not know. Lay a price over it, and price the recorded events again.",
                    sql("""
SELECT
    provider,
    request_model,
    cost_basis,
    count() AS calls,
    sum(input_tokens) AS input,
    sum(output_tokens) AS output,
    max(timestamp) AS last_call
FROM costattr.costattr_calls FINAL
WHERE $__timeFilter(timestamp) AND cost_basis IN ('unpriced', 'unknown')
GROUP BY provider, request_model, cost_basis
ORDER BY calls DESC
LIMIT 100"""),
                    [
                        ("provider", Column("Provider")),
                        ("request_model", Column("Model")),
                        ("cost_basis", Column("Basis")),
                        ("calls", Column("Calls", COUNT)),
                        ("input", Column("Input tokens", COUNT)),
                        ("output", Column("Output tokens", COUNT)),
                        ("last_call", Column("Last call", width=190)),
                    ],
                    sort="Calls",
                    width=14,
                    height=8,
                ),
                table(
                    "Where costs come from",
                    "reported: from the provider's own usage. estimated: counted from what passed. none: nothing was billed.",
                    sql("""
SELECT
    cost_basis,
    count() AS calls,
    count() / sum(count()) OVER () AS share,
    toFloat64(sum(coalesce(c.cost_usd, 0))) AS usd
FROM costattr.costattr_calls AS c FINAL
WHERE $__timeFilter(timestamp)
GROUP BY cost_basis
ORDER BY calls DESC"""),
                    [
                        ("cost_basis", Column("Basis")),
                        ("calls", Column("Calls", COUNT)),
                        ("share", Column("Share", SHARE)),
                        ("usd", Column("Spent", USD)),
                    ],
                    sort="Calls",
                    width=10,
                    height=8,
                ),
            ],
        ),
    ],
)
