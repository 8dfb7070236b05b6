"""What the month comes to, who it is for, and whether they pay for it. The month is the one in which the time range ends."""

from grafana import COUNT, GREEN, ORANGE, RED, SHARE, USD, Column, Dashboard, pie, series, sql, sql_series, stat, steps, table, to
from ledger import CHOSEN, VARIABLES

MONTH = "toStartOfMonth(toDate($__toTime))"
TODAY = "toDate($__toTime)"
IN_MONTH = "day >= " + MONTH + " AND day <= " + TODAY

# The days of the month that are over; today, as far as it is or as the average of the seven days before, whichever is more; and that
# average for each day that is left.
AVERAGE = "toFloat64(sumIf(cost_usd, day >= {today} - 7 AND day < {today})) / 7".format(today=TODAY)
FORECAST = """toFloat64(sumIf(cost_usd, day >= {month} AND day < {today}))
        + greatest(toFloat64(sumIf(cost_usd, day = {today})), {average})
        + {average} * (dateDiff('day', {today}, {month} + INTERVAL 1 MONTH) - 1)""".format(
    month=MONTH, today=TODAY, average=AVERAGE
)
SINCE_LAST_MONTH = "day >= least(" + MONTH + " - INTERVAL 1 MONTH, " + TODAY + " - 7) AND day <= " + TODAY


def one(field, where):
    return sql("SELECT %s\nFROM costattr.costattr_daily\nWHERE %s\n    AND %s" % (field, where, CHOSEN))


MARGIN = (
    """
SELECT %s
FROM
(
    SELECT customer_id, toFloat64(sum(cost_usd)) AS spent_usd
    FROM costattr.costattr_customer_daily
    WHERE """
    + IN_MONTH
    + """
        AND """
    + CHOSEN.replace("\n", "\n    ")
    + """
    GROUP BY customer_id
) AS spent
%s
(
    SELECT customer_id, toFloat64(paid_usd) AS paid_usd, active_users
    FROM costattr.costattr_customer_prices FINAL
    WHERE month = """
    + MONTH
    + """
) AS paid USING (customer_id)
%s"""
)

DASHBOARD = Dashboard(
    "finance",
    "costattr: finance",
    "The month in which the time range ends: so far, forecast, by team and customer, against what customers pay. Exact, from the ledger; days are UTC.",
    VARIABLES,
    [
        (
            "",
            [
                stat(
                    "Month to date",
                    "What the calls of the month cost so far.",
                    one("toFloat64(sum(cost_usd)) AS usd", IN_MONTH),
                    width=4,
                ),
                stat(
                    "Forecast",
                    "The month, if its remaining days are like the seven before today.",
                    one(FORECAST + " AS usd", SINCE_LAST_MONTH),
                    width=4,
                ),
                stat(
                    "Month before",
                    "All of the month before.",
                    one("toFloat64(sum(cost_usd)) AS usd", "day >= " + MONTH + " - INTERVAL 1 MONTH AND day < " + MONTH),
                    width=4,
                ),
                stat(
                    "Forecast against the month before",
                    "+100 % is twice as much.",
                    sql(
                        """
SELECT if(last_month = 0, NULL, forecast / last_month - 1) AS change
FROM
(
    SELECT
        """
                        + FORECAST
                        + """ AS forecast,
        toFloat64(sumIf(cost_usd, day >= """
                        + MONTH
                        + """ - INTERVAL 1 MONTH AND day < """
                        + MONTH
                        + """)) AS last_month
    FROM costattr.costattr_daily
    WHERE """
                        + SINCE_LAST_MONTH
                        + """
        AND """
                        + CHOSEN.replace("\n", "\n    ")
                        + """
)"""
                    ),
                    SHARE,
                    steps(GREEN, 0.1, ORANGE, 0.5, RED),
                    width=4,
                ),
                stat(
                    "Calls without a price",
                    "Calls of the month that are missing from every sum here, because no price is known.",
                    one("sum(unpriced_calls) AS calls", IN_MONTH),
                    COUNT,
                    steps(GREEN, 1, ORANGE, 1000, RED),
                    width=4,
                ),
                stat(
                    "Without a team",
                    "Share of the month's cost that no team answers for.",
                    one(
                        "if(sum(cost_usd) = 0, NULL, toFloat64(sumIf(cost_usd, team = '(unattributed)')) / toFloat64(sum(cost_usd))) AS share",
                        IN_MONTH,
                    ),
                    SHARE,
                    steps(GREEN, 0.02, ORANGE, 0.1, RED),
                    width=4,
                ),
            ],
        ),
        (
            "The month",
            [
                series(
                    "Spend a day, by team",
                    "Over the time range.",
                    sql_series(
                        "SELECT\n    toDateTime(day) AS time,\n    team,\n    toFloat64(sum(cost_usd)) AS Value\nFROM costattr.costattr_daily\nWHERE $__dateFilter(day)\n    AND "
                        + CHOSEN
                        + "\nGROUP BY day, team\nORDER BY day, team"
                    ),
                    stacked=True,
                    bars=True,
                    width=16,
                    height=9,
                    interval="1d",
                ),
                pie(
                    "Month to date, by environment",
                    "Each environment's part.",
                    sql(
                        "SELECT environment, toFloat64(sum(cost_usd)) AS usd\nFROM costattr.costattr_daily\nWHERE "
                        + IN_MONTH
                        + "\n    AND "
                        + CHOSEN
                        + "\nGROUP BY environment\nORDER BY usd DESC"
                    ),
                    from_rows=True,
                    height=9,
                ),
                series(
                    "The month adding up",
                    "The sum since its first day, and the month before for comparison, day by day.",
                    sql_series(
                        """
SELECT
    time,
    sum(this_day) OVER (ORDER BY time) AS "this month",
    sum(that_day) OVER (ORDER BY time) AS "month before"
FROM
(
    SELECT
        toDateTime(if(day >= {month}, day, {month} + (toDayOfMonth(day) - 1))) AS time,
        toFloat64(sumIf(cost_usd, day >= {month})) AS this_day,
        toFloat64(sumIf(cost_usd, day < {month})) AS that_day
    FROM costattr.costattr_daily
    WHERE day >= {month} - INTERVAL 1 MONTH AND day <= {today}
        AND """.format(month=MONTH, today=TODAY)
                        + CHOSEN.replace("\n", "\n    ")
                        + """
    GROUP BY time
    HAVING time <= toDateTime("""
                        + TODAY
                        + """)
)
ORDER BY time"""
                    ),
                    width=12,
                    height=9,
                    calcs=("max",),
                    legend="bottom",
                    interval="1d",
                ),
                table(
                    "Teams",
                    "So far, forecast, and the month before.",
                    sql(
                        """
SELECT
    team,
    toFloat64(sumIf(cost_usd, day >= """
                        + MONTH
                        + """)) AS so_far,
    """
                        + FORECAST.replace("\n    ", "\n")
                        + """ AS forecast,
    toFloat64(sumIf(cost_usd, day >= """
                        + MONTH
                        + """ - INTERVAL 1 MONTH AND day < """
                        + MONTH
                        + """)) AS last_month,
    if(last_month = 0, NULL, forecast / last_month - 1) AS change
FROM costattr.costattr_daily
WHERE """
                        + SINCE_LAST_MONTH
                        + """
    AND """
                        + CHOSEN
                        + """
GROUP BY team
ORDER BY forecast DESC"""
                    ),
                    [
                        ("team", Column("Team")),
                        ("so_far", Column("Month to date", USD, bar=True)),
                        ("forecast", Column("Forecast", USD)),
                        ("last_month", Column("Month before", USD)),
                        ("change", Column("Change", SHARE, thresholds=steps("text", 0.1, ORANGE, 0.5, RED))),
                    ],
                    sort="Forecast",
                    width=12,
                ),
            ],
        ),
        (
            "What customers cost and pay",
            [
                stat(
                    "Paid",
                    "What the customers in costattr_customer_prices pay for the month.",
                    sql(
                        "SELECT toFloat64(sum(paid_usd)) AS usd\nFROM costattr.costattr_customer_prices FINAL\nWHERE month = "
                        + MONTH
                    ),
                    colour=GREEN,
                    width=6,
                ),
                stat(
                    "What they cost",
                    "What their calls cost, month to date.",
                    sql(MARGIN % ("sum(spent_usd) AS usd", "INNER JOIN", "")),
                    width=6,
                ),
                stat(
                    "Cost for each dollar paid",
                    "Month to date, of the customers in costattr_customer_prices.",
                    sql(MARGIN % ("if(sum(paid_usd) = 0, NULL, sum(spent_usd) / sum(paid_usd)) AS share", "INNER JOIN", "")),
                    SHARE,
                    steps(GREEN, 0.3, ORANGE, 0.7, RED),
                    width=6,
                ),
                stat(
                    "Customers at a loss",
                    "Those whose calls of the month cost more than they pay for it.",
                    sql(MARGIN % ("count() AS customers", "INNER JOIN", "WHERE spent_usd > paid_usd")),
                    COUNT,
                    steps(GREEN, 1, ORANGE, 10, RED),
                    width=6,
                ),
                table(
                    "Customers, cost against what they pay",
                    "Cost against what the customer pays for the month, the worst first. Fill costattr_customer_prices from billing; a customer that is not in it has no margin here.",
                    sql(
                        MARGIN
                        % (
                            """
    customer_id,
    spent_usd,
    if(paid_usd = 0, NULL, paid_usd) AS pays_usd,
    pays_usd - spent_usd AS margin_usd,
    spent_usd / pays_usd AS cost_share,
    if(active_users = 0, NULL, spent_usd / active_users) AS usd_per_active_user""",
                            "LEFT JOIN",
                            "ORDER BY ifNull(margin_usd, inf), spent_usd DESC\nLIMIT 500",
                        )
                    ),
                    [
                        (
                            "customer_id",
                            Column("Customer", link=to("customers", "customer", "Customer"), says="Open the customer"),
                        ),
                        ("spent_usd", Column("Cost so far", USD)),
                        ("pays_usd", Column("Pays", USD)),
                        ("margin_usd", Column("Left of it", USD, thresholds=steps(RED, 0, "text"))),
                        ("cost_share", Column("Cost of a dollar paid", SHARE, thresholds=steps("text", 0.7, ORANGE, 1, RED))),
                        ("usd_per_active_user", Column("An active user", USD)),
                    ],
                    sort="Cost of a dollar paid",
                    height=10,
                ),
            ],
        ),
    ],
    time="now-30d",
    refresh="5m",
)
