"""Where in the application the money is spent: routes that people call, and jobs that nobody looks at."""

from grafana import (
    COUNT,
    ORANGE,
    RED,
    SECONDS,
    SHARE,
    USD,
    USD_EACH,
    Column,
    Dashboard,
    column,
    instant,
    pie,
    prom,
    series,
    sql,
    sql_series,
    stat,
    steps,
    table,
    trace_column,
)
from ledger import CHOSEN_SUMS, calls
from promql import CALLS, COST, DURATION, FAILED, FEATURE, ROUTE, VARIABLES, hourly, or_zero, quantile, ratio, total, whole

JOB = 'costattr_route=~"(cron|queue|webhook):.*"'
NOBODY = 'costattr_route="(unattributed)"'
ROW = ROUTE + ", " + FEATURE

DASHBOARD = Dashboard(
    "routes",
    "costattr: routes",
    "What each route and each background job costs. Routes are templates, never the path of a single request.",
    VARIABLES,
    [
        (
            "",
            [
                stat("Spent", "What the calls of the time range cost.", instant(total(COST)), width=6),
                stat(
                    "By background jobs",
                    "Share that cron:, queue: and webhook: routes spent.",
                    instant(ratio(or_zero(total(COST, JOB)), total(COST))),
                    SHARE,
                    width=6,
                ),
                stat(
                    "Routes that spend",
                    "How many routes cost something.",
                    instant("count(" + total(COST, by=ROUTE) + " > 0)"),
                    COUNT,
                    width=6,
                ),
                stat(
                    "Without a route",
                    "Share of the spend whose route nobody knows.",
                    instant(ratio(or_zero(total(COST, NOBODY)), total(COST))),
                    SHARE,
                    steps("green", 0.02, ORANGE, 0.2, RED),
                    width=6,
                ),
            ],
        ),
        (
            "Routes",
            [
                series(
                    "Spend an hour, the dearest routes",
                    "The ten dearest routes at each point.",
                    prom("topk(10, " + hourly(COST, by=ROUTE) + ")", "{{costattr_route}}"),
                    stacked=True,
                    width=24,
                    height=9,
                    calcs=("mean", "max"),
                ),
                table(
                    "Routes",
                    "What each route cost in the time range, and how its calls did.",
                    [
                        column(total(COST, by=ROW), "A"),
                        column(whole(total(CALLS, by=ROW)), "B"),
                        column(ratio(total(COST, by=ROW), total(CALLS, by=ROW)), "C"),
                        column(quantile("0.95", DURATION, ROW, "$__range"), "D"),
                        column(ratio(total(CALLS, FAILED, by=ROW), total(CALLS, by=ROW)), "E"),
                    ],
                    [
                        (ROUTE, Column("Route")),
                        (FEATURE, Column("Feature")),
                        ("Value #A", Column("Spent", USD, bar=True)),
                        ("Value #B", Column("Calls", COUNT)),
                        ("Value #C", Column("A call", USD_EACH)),
                        ("Value #D", Column("95 % within", SECONDS)),
                        ("Value #E", Column("Failed", SHARE, thresholds=steps("text", 0.02, ORANGE, 0.1, RED))),
                    ],
                    sort="Spent",
                    height=10,
                ),
                series(
                    "Dearest routes, by day",
                    "The ten dearest routes of each day, from the ledger. Days are UTC.",
                    sql_series(
                        """
SELECT
    toDateTime(day) AS time,
    route,
    toFloat64(sum(cost_usd)) AS Value
FROM costattr.costattr_daily
WHERE day > toDate($__toTime) - 14 AND day <= toDate($__toTime)
    AND """
                        + CHOSEN_SUMS
                        + """
GROUP BY day, route
ORDER BY day, Value DESC
LIMIT 10 BY day"""
                    ),
                    stacked=True,
                    bars=True,
                    width=16,
                    height=9,
                    interval="1d",
                ),
                pie(
                    "Requests and jobs",
                    "What people wait for, and what runs by itself.",
                    instant(
                        "sum by (kind) (label_replace(label_replace("
                        + total(COST, by=ROUTE)
                        + ', "kind", "requests", "costattr_route", ".*"), "kind", "$1", "costattr_route", "(cron|queue|webhook):.*"))',
                        "{{kind}}",
                    ),
                    height=9,
                ),
            ],
        ),
        (
            "Single calls",
            [
                table(
                    "Dearest calls",
                    "The dearest attempts of the time range, from the ledger. A click on the trace opens it.",
                    sql(
                        calls(
                            ["route", "feature", "customer_id", "request_model", "service", "toFloat64(cost_usd) AS usd"],
                            "usd DESC",
                            "cost_pico_usd IS NOT NULL",
                        )
                    ),
                    [
                        ("time", Column("Time", width=170)),
                        ("route", Column("Route")),
                        ("feature", Column("Feature")),
                        ("customer_id", Column("Customer")),
                        ("request_model", Column("Model")),
                        ("service", Column("Program")),
                        ("usd", Column("Cost", USD_EACH)),
                        ("trace_id", trace_column()),
                    ],
                    sort="Cost",
                ),
            ],
        ),
    ],
)
