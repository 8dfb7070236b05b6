"""Who the money is spent for. From the ledger: a customer is no label of a metric, there are too many."""

from grafana import (
    COUNT,
    GREEN,
    ORANGE,
    RED,
    SHARE,
    USD,
    USD_EACH,
    Column,
    Dashboard,
    pie,
    series,
    sql,
    sql_series,
    stat,
    steps,
    table,
    to_value,
    trace_column,
)
from ledger import CHOSEN, VARIABLES, choice

CUSTOMER = choice(
    "customer",
    "Customer",
    """SELECT customer_id
FROM costattr.costattr_customer_daily
WHERE $__dateFilter(day)
GROUP BY customer_id
ORDER BY sum(cost_usd) DESC
LIMIT 1000""",
)
WHERE = """WHERE $__dateFilter(day)
    AND $__conditionalAll(customer_id IN (${customer:singlequote}), $customer)
    AND """ + CHOSEN


def one(field):
    return sql("SELECT %s\nFROM costattr.costattr_customer_daily\n%s" % (field, WHERE))


DASHBOARD = Dashboard(
    "customers",
    "costattr: customers",
    "What each customer costs, exact to the pico-dollar, and on what it is spent. Days are UTC.",
    [*VARIABLES, CUSTOMER],
    [
        (
            "",
            [
                stat(
                    "Spent",
                    "What the calls for the chosen customers cost, whole days.",
                    one("toFloat64(sum(cost_usd)) AS spent_usd"),
                    width=5,
                ),
                stat(
                    "Customers that spend",
                    "How many of them cost something.",
                    one("uniqExactIf(customer_id, cost_usd > 0) AS customers"),
                    COUNT,
                    width=4,
                ),
                stat(
                    "Cost of a customer",
                    "Average over those that cost something.",
                    one(
                        "if(uniqExactIf(customer_id, cost_usd > 0) = 0, NULL, toFloat64(sum(cost_usd)) / uniqExactIf(customer_id, cost_usd > 0)) AS usd"
                    ),
                    width=5,
                ),
                stat(
                    "The ten dearest",
                    "Their share of everything that was spent.",
                    sql(
                        """
SELECT if(sum(usd) = 0, NULL, sumIf(usd, at <= 10) / sum(usd)) AS share
FROM
(
    SELECT toFloat64(sum(cost_usd)) AS usd, row_number() OVER (ORDER BY sum(cost_usd) DESC) AS at
    FROM costattr.costattr_customer_daily
    """
                        + WHERE.replace("\n", "\n    ")
                        + """
    GROUP BY customer_id
)"""
                    ),
                    SHARE,
                    width=5,
                ),
                stat(
                    "Spent for nobody known",
                    "Share of calls' cost that names no customer.",
                    one(
                        "if(sum(cost_usd) = 0, NULL, toFloat64(sumIf(cost_usd, customer_id = '(unattributed)')) / toFloat64(sum(cost_usd))) AS share"
                    ),
                    SHARE,
                    steps(GREEN, 0.02, ORANGE, 0.1, RED),
                    width=5,
                ),
            ],
        ),
        (
            "Who",
            [
                series(
                    "Spend a day",
                    "By customer: the ten dearest of the time range, and all others together.",
                    sql_series(
                        """
SELECT
    toDateTime(day) AS time,
    if(customer_id IN
    (
        SELECT customer_id
        FROM costattr.costattr_customer_daily
        """
                        + WHERE.replace("\n", "\n        ")
                        + """
        GROUP BY customer_id
        ORDER BY sum(cost_usd) DESC, customer_id
        LIMIT 10
    ), customer_id, 'all others') AS customer,
    toFloat64(sum(cost_usd)) AS Value
FROM costattr.costattr_customer_daily
"""
                        + WHERE
                        + """
GROUP BY time, customer
ORDER BY time, customer"""
                    ),
                    stacked=True,
                    bars=True,
                    width=24,
                    height=10,
                    interval="1d",
                ),
                table(
                    "Customers",
                    "A click on one shows that customer alone.",
                    sql(
                        """
SELECT
    customer_id,
    toFloat64(sum(cost_usd)) AS spent_usd,
    if(sum(spent_usd) OVER () = 0, 0, spent_usd / sum(spent_usd) OVER ()) AS share,
    sum(c.calls) AS all_calls,
    if(all_calls = 0, 0, 1000 * spent_usd / all_calls) AS usd_per_thousand,
    if(sum(c.input_tokens) = 0, 0, sum(c.cached_tokens) / sum(c.input_tokens)) AS cached,
    toFloat64(sum(wasted_usd)) AS wasted_usd
FROM costattr.costattr_customer_daily AS c
"""
                        + WHERE
                        + """
GROUP BY customer_id
ORDER BY spent_usd DESC, customer_id
LIMIT 500"""
                    ),
                    [
                        ("customer_id", Column("Customer", link=to_value("customers", "customer"), says="This customer alone")),
                        ("spent_usd", Column("Spent", USD, bar=True)),
                        ("share", Column("Share", SHARE)),
                        ("all_calls", Column("Calls", COUNT)),
                        ("usd_per_thousand", Column("A thousand calls", USD)),
                        ("cached", Column("Input from cache", SHARE)),
                        ("wasted_usd", Column("Wasted", USD)),
                    ],
                    sort="Spent",
                    height=10,
                ),
            ],
        ),
        (
            "On what",
            [
                pie(
                    "By feature",
                    "What the chosen customers use.",
                    sql(
                        "SELECT feature, toFloat64(sum(cost_usd)) AS spent_usd\nFROM costattr.costattr_customer_daily\n"
                        + WHERE
                        + "\nGROUP BY feature\nORDER BY spent_usd DESC"
                    ),
                    from_rows=True,
                ),
                table(
                    "By customer, feature and model",
                    "The dearest combinations.",
                    sql(
                        """
SELECT
    customer_id,
    feature,
    model,
    toFloat64(sum(cost_usd)) AS spent_usd,
    sum(calls) AS all_calls
FROM costattr.costattr_customer_daily
"""
                        + WHERE
                        + """
GROUP BY customer_id, feature, model
ORDER BY spent_usd DESC
LIMIT 100"""
                    ),
                    [
                        ("customer_id", Column("Customer")),
                        ("feature", Column("Feature")),
                        ("model", Column("Model")),
                        ("spent_usd", Column("Spent", USD, bar=True)),
                        ("all_calls", Column("Calls", COUNT)),
                    ],
                    sort="Spent",
                    width=16,
                    height=8,
                ),
                table(
                    "Dearest requests",
                    "What one request of the application cost, retries included. A click on the trace opens it.",
                    sql(
                        """
SELECT
    min(timestamp) AS time,
    any(customer_id) AS customer,
    any(feature) AS of_feature,
    any(route) AS of_route,
    count() AS attempts,
    toFloat64(sum(cost_usd)) AS usd,
    any(trace_id) AS trace
FROM costattr.costattr_calls FINAL
WHERE $__timeFilter(timestamp)
    AND $__conditionalAll(customer_id IN (${customer:singlequote}), $customer)
    AND """
                        + CHOSEN
                        + """
    AND cost_pico_usd IS NOT NULL
GROUP BY request_id
ORDER BY usd DESC
LIMIT 20"""
                    ),
                    [
                        ("time", Column("Time", width=170)),
                        ("customer", Column("Customer")),
                        ("of_feature", Column("Feature")),
                        ("of_route", Column("Route")),
                        ("attempts", Column("Attempts", COUNT)),
                        ("usd", Column("Cost", USD_EACH)),
                        ("trace", trace_column()),
                    ],
                    sort="Cost",
                ),
            ],
        ),
    ],
    time="now-30d",
    refresh="5m",
)
