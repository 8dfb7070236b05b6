"""How calls do: latency, errors, retries, and what is paid for nothing."""

from grafana import (
    COUNT,
    GREEN,
    MILLISECONDS,
    ORANGE,
    RED,
    SECONDS,
    SHARE,
    USD,
    USD_EACH,
    Column,
    Dashboard,
    instant,
    prom,
    series,
    sql,
    sql_series,
    stat,
    steps,
    table,
    trace_column,
)
from ledger import CHOSEN_CALLS, CHOSEN_SUMS, calls
from promql import (
    AT_RISK,
    CALLS,
    DURATION,
    FAILED,
    FEATURE,
    FIRST_CHUNK,
    MODEL,
    VARIABLES,
    or_zero,
    per_second,
    quantile,
    ratio,
    total,
)

CALLS_WHERE = "WHERE $__timeFilter(timestamp)\n    AND " + CHOSEN_CALLS
NOTHING = "(outcome != 'completed' OR error_code != '')"

DASHBOARD = Dashboard(
    "engineering",
    "costattr: engineering",
    "Latency, errors, retries and waste, down to the trace of a single call.",
    VARIABLES,
    [
        (
            "",
            [
                stat(
                    "Failed calls",
                    "Share of all attempts.",
                    instant(ratio(or_zero(total(CALLS, FAILED)), total(CALLS))),
                    SHARE,
                    steps(GREEN, 0.02, ORANGE, 0.1, RED),
                    width=4,
                ),
                stat(
                    "95 % within",
                    "From the start of an attempt to its end.",
                    instant(quantile("0.95", DURATION, window="$__range")),
                    SECONDS,
                    width=4,
                ),
                stat(
                    "First bytes, 95 % within",
                    "Of streamed answers: what a reader waits for.",
                    instant(quantile("0.95", FIRST_CHUNK, window="$__range")),
                    SECONDS,
                    width=4,
                ),
                stat(
                    "Retries",
                    "Share of attempts that are not the first of their request.",
                    sql(
                        "SELECT if(count() = 0, NULL, countIf(attempt > 1) / count()) AS share\nFROM costattr.costattr_calls FINAL\n"
                        + CALLS_WHERE
                    ),
                    SHARE,
                    steps(GREEN, 0.02, ORANGE, 0.1, RED),
                    width=4,
                ),
                stat(
                    "Wasted",
                    "What attempts cost that failed, broke off or were given up.",
                    sql(
                        "SELECT toFloat64(sumIf(coalesce(c.cost_usd, 0), "
                        + NOTHING
                        + ")) AS usd\nFROM costattr.costattr_calls AS c FINAL\n"
                        + CALLS_WHERE
                    ),
                    thresholds=steps(GREEN, 1, ORANGE, 100, RED),
                    width=4,
                ),
                stat(
                    "At risk",
                    "What may have been billed beyond what is known, of attempts that timed out or broke off.",
                    instant(or_zero(total(AT_RISK))),
                    thresholds=steps(GREEN, 1, ORANGE, 100, RED),
                    width=4,
                ),
            ],
        ),
        (
            "Traffic and errors",
            [
                series(
                    "Calls a minute",
                    "Attempts, those that failed apart.",
                    [
                        prom("60 * " + per_second(CALLS, 'error_type=""'), "succeeded"),
                        prom("60 * " + per_second(CALLS, FAILED), "failed", "B"),
                    ],
                    COUNT,
                    stacked=True,
                    legend="bottom",
                    calcs=("mean", "max"),
                ),
                series(
                    "Failed calls, by feature",
                    "Share of each feature's attempts.",
                    prom(ratio(per_second(CALLS, FAILED, by=FEATURE), per_second(CALLS, by=FEATURE)), "{{costattr_feature}}"),
                    SHARE,
                    calcs=("mean", "max"),
                ),
                series(
                    "Errors a minute, by kind",
                    "The provider's error code, else the HTTP status or the kind of failure.",
                    prom("60 * " + per_second(CALLS, FAILED, by="error_type"), "{{error_type}}"),
                    COUNT,
                    stacked=True,
                    calcs=("mean", "max"),
                ),
                table(
                    "Errors",
                    "What fails, and what it cost.",
                    sql(
                        """
SELECT
    error_code,
    http_status,
    request_model,
    count() AS calls,
    uniqExact(request_id) AS requests,
    toFloat64(sum(coalesce(c.cost_usd, 0))) AS usd
FROM costattr.costattr_calls AS c FINAL
"""
                        + CALLS_WHERE
                        + """
    AND """
                        + NOTHING
                        + """
GROUP BY error_code, http_status, request_model
ORDER BY calls DESC
LIMIT 50"""
                    ),
                    [
                        ("error_code", Column("Error")),
                        ("http_status", Column("Status")),
                        ("request_model", Column("Model")),
                        ("calls", Column("Attempts", COUNT)),
                        ("requests", Column("Requests", COUNT)),
                        ("usd", Column("Cost", USD)),
                    ],
                    sort="Attempts",
                    width=12,
                    height=8,
                ),
            ],
        ),
        (
            "Latency",
            [
                series(
                    "Duration of calls",
                    "From the start of an attempt to its end.",
                    [
                        prom(quantile(share, DURATION), name, ref)
                        for share, name, ref in (
                            ("0.5", "half within", "A"),
                            ("0.95", "95 % within", "B"),
                            ("0.99", "99 % within", "C"),
                        )
                    ],
                    SECONDS,
                    calcs=("mean", "max"),
                    legend="bottom",
                ),
                series(
                    "First bytes, 95 % within, by model",
                    "Of streamed answers.",
                    prom(quantile("0.95", FIRST_CHUNK, MODEL), "{{gen_ai_request_model}}"),
                    SECONDS,
                    calcs=("mean", "max"),
                ),
            ],
        ),
        (
            "Waste",
            [
                series(
                    "Wasted and at risk, by day",
                    "Of attempts that failed, broke off or were given up, by feature: 14 days, UTC, from the ledger.",
                    sql_series(
                        """
SELECT
    toDateTime(day) AS time,
    feature,
    toFloat64(sum(wasted_usd) + sum(at_risk_usd)) AS Value
FROM costattr.costattr_daily
WHERE day > toDate($__toTime) - 14 AND day <= toDate($__toTime)
    AND """
                        + CHOSEN_SUMS
                        + """
GROUP BY day, feature
HAVING Value > 0
ORDER BY day, feature"""
                    ),
                    stacked=True,
                    bars=True,
                    interval="1d",
                ),
                table(
                    "Waste, by feature",
                    "Paid for nothing, and what may have been billed on top.",
                    sql(
                        """
SELECT
    feature,
    countIf(outcome = 'failed' OR error_code != '') AS failed,
    countIf(outcome = 'abandoned') AS abandoned,
    countIf(attempt > 1) AS retries,
    toFloat64(sumIf(coalesce(c.cost_usd, 0), """
                        + NOTHING
                        + """)) AS wasted_usd,
    toFloat64(sum(coalesce(cost_at_risk_usd, 0))) AS at_risk_usd
FROM costattr.costattr_calls AS c FINAL
"""
                        + CALLS_WHERE
                        + """
GROUP BY feature
HAVING failed + abandoned + retries > 0
ORDER BY wasted_usd + at_risk_usd DESC, failed DESC"""
                    ),
                    [
                        ("feature", Column("Feature")),
                        ("failed", Column("Failed", COUNT)),
                        ("abandoned", Column("Given up", COUNT)),
                        ("retries", Column("Retries", COUNT)),
                        ("wasted_usd", Column("Wasted", USD_EACH)),
                        ("at_risk_usd", Column("At risk", USD_EACH)),
                    ],
                    sort="Failed",
                    width=12,
                    height=8,
                ),
            ],
        ),
        (
            "Single calls",
            [
                table(
                    "Latest failed calls",
                    "The latest first. A click on the trace opens it.",
                    sql(
                        calls(
                            [
                                "feature",
                                "customer_id",
                                "request_model",
                                "attempt",
                                "error_code",
                                "http_status",
                                "latency_ms",
                                "service",
                            ],
                            "timestamp DESC",
                            NOTHING,
                        )
                    ),
                    [
                        ("time", Column("Time", width=170)),
                        ("feature", Column("Feature")),
                        ("customer_id", Column("Customer")),
                        ("request_model", Column("Model")),
                        ("attempt", Column("Attempt", "none")),
                        ("error_code", Column("Error")),
                        ("http_status", Column("Status")),
                        ("latency_ms", Column("Took", MILLISECONDS)),
                        ("service", Column("Program")),
                        ("trace_id", trace_column()),
                    ],
                    sort="Time",
                ),
                table(
                    "Slowest calls",
                    "Of those that succeeded. A click on the trace opens it.",
                    sql(
                        calls(
                            ["feature", "customer_id", "request_model", "output_tokens", "ttft_ms", "latency_ms", "service"],
                            "latency_ms DESC",
                            "outcome = 'completed' AND latency_ms IS NOT NULL",
                        )
                    ),
                    [
                        ("time", Column("Time", width=170)),
                        ("feature", Column("Feature")),
                        ("customer_id", Column("Customer")),
                        ("request_model", Column("Model")),
                        ("output_tokens", Column("Output", COUNT)),
                        ("ttft_ms", Column("First bytes", MILLISECONDS)),
                        ("latency_ms", Column("Took", MILLISECONDS)),
                        ("service", Column("Program")),
                        ("trace_id", trace_column()),
                    ],
                    sort="Took",
                ),
            ],
        ),
    ],
)
