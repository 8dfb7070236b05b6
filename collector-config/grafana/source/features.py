"""One feature or several: what they cost, whether that is usual, and which calls make it up."""

from grafana import (
    COUNT,
    ORANGE,
    RED,
    USD,
    USD_EACH,
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
    trace_column,
)
from ledger import CHOSEN_SUMS, calls
from promql import CALLS, COST, FEATURE, INPUT, MODEL, TOKENS, VARIABLES, hourly, per_second, ratio, total, whole

USUAL = total(COST, by=FEATURE, window="7d") + " / 168"

DASHBOARD = Dashboard(
    "features",
    "costattr: features",
    "What each product feature costs, how that compares with its past, and its dearest calls.",
    VARIABLES,
    [
        (
            "",
            [
                stat("Spent", "What the calls of the chosen features cost in the time range.", instant(total(COST)), width=5),
                stat("In the last hour", "What the calls of the last hour cost.", instant(total(COST, window="1h")), width=5),
                stat(
                    "Usual hour",
                    "The average hour of the last seven days.",
                    instant(total(COST, window="7d") + " / 168"),
                    width=5,
                ),
                stat(
                    "Cost of a call",
                    "Average over the time range, failed calls included.",
                    instant(ratio(total(COST), total(CALLS))),
                    USD_EACH,
                    width=5,
                ),
                stat(
                    "Calls",
                    "Attempts in the time range; each retry is one of its own.",
                    instant(whole(total(CALLS))),
                    COUNT,
                    width=4,
                ),
            ],
        ),
        (
            "Over time",
            [
                series(
                    "Spend an hour",
                    "How fast money is spent, by feature.",
                    prom(hourly(COST, by=FEATURE), "{{costattr_feature}}"),
                    stacked=True,
                    height=9,
                    calcs=("mean", "max"),
                ),
                series(
                    "Spend an hour a week before",
                    "The same seven days earlier, to hold against.",
                    prom(hourly(COST, by=FEATURE, offset="7d"), "{{costattr_feature}}"),
                    stacked=True,
                    height=9,
                    calcs=("mean", "max"),
                ),
                series(
                    "Calls a minute",
                    "Attempts, by feature.",
                    prom("60 * " + per_second(CALLS, by=FEATURE), "{{costattr_feature}}"),
                    COUNT,
                    calcs=("mean", "max"),
                ),
                series(
                    "Cost of a call, by feature",
                    "Average cost, by feature: a longer prompt or a dearer model shows here first.",
                    prom(ratio(hourly(COST, by=FEATURE), "3600 * " + per_second(CALLS, by=FEATURE)), "{{costattr_feature}}"),
                    USD_EACH,
                    calcs=("mean", "max"),
                ),
            ],
        ),
        (
            "Compared",
            [
                table(
                    "The last hour against the usual",
                    "The last hour against the average hour of the last seven days. CostattrFeatureSpendSpike fires above three times.",
                    [
                        column(total(COST, by=FEATURE, window="1h"), "A"),
                        column(USUAL, "B"),
                        column(ratio(total(COST, by=FEATURE, window="1h"), "(" + USUAL + ")"), "C"),
                    ],
                    [
                        (FEATURE, Column("Feature")),
                        ("Value #A", Column("Last hour", USD)),
                        ("Value #B", Column("Usual hour", USD)),
                        ("Value #C", Column("Times the usual", "none", thresholds=steps("text", 2, ORANGE, 3, RED))),
                    ],
                    sort="Last hour",
                    width=12,
                ),
                table(
                    "By model",
                    "Which models the features call, and what a call of each costs.",
                    [
                        column(total(COST, by=FEATURE + ", " + MODEL), "A"),
                        column(whole(total(CALLS, by=FEATURE + ", " + MODEL)), "B"),
                        column(ratio(total(COST, by=FEATURE + ", " + MODEL), total(CALLS, by=FEATURE + ", " + MODEL)), "C"),
                    ],
                    [
                        (FEATURE, Column("Feature")),
                        (MODEL, Column("Model")),
                        ("Value #A", Column("Spent", USD, bar=True)),
                        ("Value #B", Column("Calls", COUNT)),
                        ("Value #C", Column("A call", USD_EACH)),
                    ],
                    sort="Spent",
                    width=12,
                ),
                series(
                    "Input tokens of a call",
                    "Average input, by feature, cached tokens included.",
                    prom(ratio(per_second(TOKENS, INPUT, by=FEATURE), per_second(CALLS, by=FEATURE)), "{{costattr_feature}}"),
                    COUNT,
                    calcs=("mean", "max"),
                ),
                table(
                    "Since when",
                    "When each feature first cost something within the last 90 days: what is new is on top.",
                    sql(
                        """
SELECT
    feature,
    any(team) AS of_team,
    min(day) AS first_day,
    toFloat64(sum(cost_usd)) AS spent_usd
FROM costattr.costattr_daily
WHERE day > toDate($__toTime) - 90
    AND """
                        + CHOSEN_SUMS
                        + """
GROUP BY feature
HAVING spent_usd > 0
ORDER BY first_day DESC, spent_usd DESC"""
                    ),
                    [
                        ("feature", Column("Feature")),
                        ("of_team", Column("Team")),
                        ("first_day", Column("First day")),
                        ("spent_usd", Column("Spent since", USD)),
                    ],
                    sort="First day",
                    width=12,
                    height=8,
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
                            [
                                "feature",
                                "customer_id",
                                "route",
                                "request_model",
                                "input_tokens",
                                "output_tokens",
                                "toFloat64(cost_usd) AS usd",
                            ],
                            "usd DESC",
                            "cost_pico_usd IS NOT NULL",
                        )
                    ),
                    [
                        ("time", Column("Time", width=170)),
                        ("feature", Column("Feature")),
                        ("customer_id", Column("Customer")),
                        ("route", Column("Route")),
                        ("request_model", Column("Model")),
                        ("input_tokens", Column("Input", COUNT)),
                        ("output_tokens", Column("Output", COUNT)),
                        ("usd", Column("Cost", USD_EACH)),
                        ("trace_id", trace_column()),
                    ],
                    sort="Cost",
                ),
            ],
        ),
    ],
)
