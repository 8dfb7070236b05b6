"""What anybody opens first: how much, by whom, and whether something is wrong."""

from grafana import (
    AGO,
    BLUE,
    COUNT,
    GREEN,
    ORANGE,
    RED,
    SHARE,
    USD,
    Column,
    Dashboard,
    bars,
    column,
    instant,
    pie,
    prom,
    series,
    sql,
    stat,
    steps,
    table,
    to,
)
from promql import (
    CACHED,
    CALLS,
    COST,
    FAILED,
    FEATURE,
    INPUT,
    MODEL,
    TEAM,
    TOKENS,
    VARIABLES,
    hourly,
    or_zero,
    ratio,
    total,
    whole,
)

DASHBOARD = Dashboard(
    "overview",
    "costattr: overview",
    "What model calls cost, who spends it, and whether something needs looking after.",
    VARIABLES,
    [
        (
            "",
            [
                stat("Spent", "What all calls of the time range cost.", instant(total(COST)), width=4),
                stat(
                    "Spent against the time before",
                    "The time range against one of the same length just before it: +100 % is twice as much.",
                    instant(total(COST) + " / (" + total(COST, offset="$__range") + " > 0) - 1"),
                    SHARE,
                    steps(GREEN, 0.25, ORANGE, 1, RED),
                    width=4,
                ),
                stat("In the last hour", "What the calls of the last hour cost.", instant(total(COST, window="1h")), width=4),
                stat(
                    "Cost of a thousand calls",
                    "Average over the time range, failed calls included.",
                    instant("1000 * " + ratio(total(COST), total(CALLS))),
                    width=4,
                ),
                stat(
                    "Failed calls",
                    "Share of all attempts that failed, each retry an attempt of its own.",
                    instant(ratio(or_zero(total(CALLS, FAILED)), total(CALLS))),
                    SHARE,
                    steps(GREEN, 0.02, ORANGE, 0.1, RED),
                    width=4,
                ),
                stat(
                    "Input from the prompt cache",
                    "Share of all input tokens that the provider had in its cache and sells at a discount.",
                    instant(ratio(total(TOKENS, CACHED), total(TOKENS, INPUT))),
                    SHARE,
                    steps(BLUE),
                    width=4,
                ),
            ],
        ),
        (
            "Who spends",
            [
                series(
                    "Spend an hour, by feature",
                    "How fast money is spent, by product feature. (unattributed) is what nobody claims.",
                    prom(hourly(COST, by=FEATURE), "{{costattr_feature}}"),
                    stacked=True,
                    width=16,
                    height=10,
                    calcs=("mean", "max"),
                ),
                pie(
                    "By team",
                    "Each team's part of what the time range cost.",
                    instant(total(COST, by=TEAM), "{{costattr_team}}"),
                    height=10,
                ),
                table(
                    "Features",
                    "The features of the time range, the dearest first. A click on one opens it.",
                    [
                        column(total(COST, by=FEATURE + ", " + TEAM), "A"),
                        column(whole(total(CALLS, by=FEATURE + ", " + TEAM)), "B"),
                        column(
                            "1000 * " + ratio(total(COST, by=FEATURE + ", " + TEAM), total(CALLS, by=FEATURE + ", " + TEAM)), "C"
                        ),
                        column(
                            ratio(total(COST, by=FEATURE + ", " + TEAM), total(COST, by=FEATURE + ", " + TEAM, offset="$__range"))
                            + " - 1",
                            "D",
                        ),
                    ],
                    [
                        (FEATURE, Column("Feature", link=to("features", "feature", "Feature"), says="Open the feature")),
                        (TEAM, Column("Team")),
                        ("Value #A", Column("Spent", USD, bar=True)),
                        ("Value #B", Column("Calls", COUNT)),
                        ("Value #C", Column("A thousand calls", USD)),
                        ("Value #D", Column("Against before", SHARE, thresholds=steps("text", 0.25, ORANGE, 1, RED))),
                    ],
                    sort="Spent",
                    width=16,
                    height=10,
                ),
                bars(
                    "By model",
                    "What each model cost, by the name that the request gave.",
                    instant("topk(10, " + total(COST, by=MODEL) + ")", "{{gen_ai_request_model}}"),
                    width=8,
                    height=10,
                ),
            ],
        ),
        (
            "What to look at",
            [
                table(
                    "Alerts that fire",
                    "From Prometheus' rules. What to do is in docs/runbooks.",
                    column(
                        '1000 * min by (alertname, severity, costattr_team, costattr_feature) (ALERTS_FOR_STATE{alertname=~"Costattr.*"} and ignoring (alertstate) ALERTS{alertstate="firing"})',
                        "A",
                    ),
                    [
                        ("alertname", Column("Alert")),
                        ("severity", Column("Severity")),
                        (TEAM, Column("Team")),
                        (FEATURE, Column("Feature")),
                        ("Value #A", Column("Since", AGO)),
                    ],
                    sort="Since",
                    width=12,
                ),
                table(
                    "Customers of the last 30 days",
                    "The ten dearest, from the ledger, whatever is chosen above. A click on one opens it.",
                    sql("""
SELECT
    customer_id,
    toFloat64(sum(cost_usd)) AS spent_usd,
    sum(calls) AS calls
FROM costattr.costattr_customer_daily
WHERE day > toDate($__toTime) - 30 AND day <= toDate($__toTime)
GROUP BY customer_id
ORDER BY spent_usd DESC, customer_id
LIMIT 10"""),
                    [
                        (
                            "customer_id",
                            Column("Customer", link=to("customers", "customer", "Customer"), says="Open the customer"),
                        ),
                        ("spent_usd", Column("Spent", USD, bar=True)),
                        ("calls", Column("Calls", COUNT)),
                    ],
                    width=12,
                ),
            ],
        ),
    ],
)
