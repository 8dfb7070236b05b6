"""Which models are paid for, and how much of it the prompt cache, a shorter prompt or less reasoning would save."""

from grafana import (
    BLUE,
    COUNT,
    GREEN,
    ORANGE,
    RED,
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
)
from ledger import CHOSEN_CALLS, CHOSEN_SUMS
from promql import (
    CACHED,
    CALLS,
    COST,
    FEATURE,
    INPUT,
    MODEL,
    PROVIDER,
    TOKENS,
    VARIABLES,
    hourly,
    per_second,
    ratio,
    total,
    whole,
)

ROW = PROVIDER + ", " + MODEL
CALLS_WHERE = "WHERE $__timeFilter(timestamp)\n    AND " + CHOSEN_CALLS

DASHBOARD = Dashboard(
    "models",
    "costattr: models and cache",
    "Models, tokens, prompt cache, prompt sizes and reasoning.",
    VARIABLES,
    [
        (
            "",
            [
                stat(
                    "Input from the prompt cache",
                    "Share of all input tokens that the provider had in its cache.",
                    instant(ratio(total(TOKENS, CACHED), total(TOKENS, INPUT))),
                    SHARE,
                    width=5,
                ),
                stat(
                    "Saved by the cache",
                    "What cached tokens would have cost beyond what they did.",
                    sql("SELECT toFloat64(sum(cache_savings_usd)) AS usd\nFROM costattr.costattr_calls FINAL\n" + CALLS_WHERE),
                    colour=GREEN,
                    width=5,
                ),
                stat(
                    "Reasoning",
                    "Share of all output tokens that nobody reads.",
                    sql(
                        "SELECT if(sum(output_tokens) > 0, sum(reasoning_tokens) / sum(output_tokens), NULL) AS share\nFROM costattr.costattr_calls FINAL\n"
                        + CALLS_WHERE
                    ),
                    SHARE,
                    width=5,
                ),
                stat(
                    "Prompts, 95 % below",
                    "95th percentile of input tokens.",
                    sql(
                        "SELECT quantileExact(0.95)(input_tokens) AS tokens\nFROM costattr.costattr_calls FINAL\n"
                        + CALLS_WHERE
                        + "\n    AND input_tokens > 0"
                    ),
                    COUNT,
                    width=5,
                ),
                stat(
                    "Long-context surcharge",
                    "What prompts beyond the threshold cost more than at the rates of shorter ones.",
                    sql(
                        "SELECT toFloat64(sum(coalesce(long_context_surcharge_usd, 0))) AS usd\nFROM costattr.costattr_calls FINAL\n"
                        + CALLS_WHERE
                    ),
                    thresholds=steps(BLUE, 1, ORANGE, 100, RED),
                    width=4,
                ),
            ],
        ),
        (
            "Models",
            [
                series(
                    "Spend an hour, by model",
                    "By the name that the request gave.",
                    prom(hourly(COST, by=MODEL), "{{gen_ai_request_model}}"),
                    stacked=True,
                    width=16,
                    height=9,
                    calcs=("mean", "max"),
                ),
                pie(
                    "By provider",
                    "Each provider's part.",
                    instant(total(COST, by=PROVIDER), "{{gen_ai_provider_name}}"),
                    height=9,
                ),
                table(
                    "Models",
                    "What each model cost, and what a call and a million tokens of it cost on average, cache and all.",
                    [
                        column(total(COST, by=ROW), "A"),
                        column(whole(total(CALLS, by=ROW)), "B"),
                        column(total(TOKENS, by=ROW), "C"),
                        column(ratio(total(COST, by=ROW), total(CALLS, by=ROW)), "D"),
                        column("1e6 * " + ratio(total(COST, by=ROW), total(TOKENS, by=ROW)), "E"),
                    ],
                    [
                        (PROVIDER, Column("Provider")),
                        (MODEL, Column("Model")),
                        ("Value #A", Column("Spent", USD, bar=True)),
                        ("Value #B", Column("Calls", COUNT)),
                        ("Value #C", Column("Tokens", COUNT)),
                        ("Value #D", Column("A call", USD_EACH)),
                        ("Value #E", Column("A million tokens", USD)),
                    ],
                    sort="Spent",
                    height=9,
                ),
                series(
                    "Tokens a second, by type",
                    "Each token is in one type only, so that the areas add up to all of them.",
                    prom(per_second(TOKENS, by="costattr_token_type"), "{{costattr_token_type}}"),
                    COUNT,
                    stacked=True,
                    calcs=("mean", "max"),
                ),
                pie(
                    "Service tiers",
                    "What was spent at which tier, as served.",
                    sql(
                        "SELECT if(service_tier = '', '(none said)', service_tier) AS tier, toFloat64(sum(cost_usd)) AS usd\nFROM costattr.costattr_calls FINAL\n"
                        + CALLS_WHERE
                        + "\nGROUP BY tier\nORDER BY usd DESC"
                    ),
                    from_rows=True,
                    width=12,
                ),
            ],
        ),
        (
            "Prompt cache",
            [
                series(
                    "Input from the cache, by feature",
                    "Share of input tokens. It falls when the beginning of a prompt is no longer the same.",
                    prom(
                        ratio(per_second(TOKENS, CACHED, by=FEATURE), per_second(TOKENS, INPUT, by=FEATURE)),
                        "{{costattr_feature}}",
                    ),
                    SHARE,
                    calcs=("mean", "lastNotNull"),
                ),
                series(
                    "Saved by the cache, by day",
                    "By feature, from the ledger: 14 days, UTC.",
                    sql_series(
                        """
SELECT
    toDateTime(day) AS time,
    feature,
    toFloat64(sum(cache_savings_usd)) AS Value
FROM costattr.costattr_daily
WHERE day > toDate($__toTime) - 14 AND day <= toDate($__toTime)
    AND """
                        + CHOSEN_SUMS
                        + """
GROUP BY day, feature
ORDER BY day, feature"""
                    ),
                    stacked=True,
                    bars=True,
                    interval="1d",
                ),
                table(
                    "Where the cache would save",
                    "Features with much input that is not cached, and what the cache saved and cost to write.",
                    sql(
                        """
SELECT
    feature,
    request_model,
    sum(coalesce(c.input_tokens, 0)) AS all_input,
    if(all_input = 0, 0, sum(c.cached_tokens) / all_input) AS cached,
    all_input - sum(c.cached_tokens) AS fresh,
    toFloat64(sum(coalesce(cache_savings_usd, 0))) AS saved_usd,
    toFloat64(sum(coalesce(cache_premium_usd, 0))) AS premium_usd
FROM costattr.costattr_calls AS c FINAL
"""
                        + CALLS_WHERE
                        + """
GROUP BY feature, request_model
HAVING all_input > 0
ORDER BY fresh DESC
LIMIT 50"""
                    ),
                    [
                        ("feature", Column("Feature")),
                        ("request_model", Column("Model")),
                        ("all_input", Column("Input tokens", COUNT)),
                        ("cached", Column("From the cache", SHARE)),
                        ("fresh", Column("Paid in full", COUNT)),
                        ("saved_usd", Column("Saved", USD)),
                        ("premium_usd", Column("Paid for writing", USD)),
                    ],
                    sort="Paid in full",
                    height=8,
                ),
            ],
        ),
        (
            "Prompts and reasoning",
            [
                table(
                    "Prompt sizes",
                    "In tokens. Beyond 272,000 many models charge the whole call at a higher rate.",
                    sql(
                        """
SELECT
    feature,
    request_model,
    count() AS calls,
    quantileExact(0.5)(input_tokens) AS p50,
    quantileExact(0.95)(input_tokens) AS p95,
    max(input_tokens) AS largest
FROM costattr.costattr_calls FINAL
"""
                        + CALLS_WHERE
                        + """
    AND input_tokens > 0
GROUP BY feature, request_model
ORDER BY p95 DESC
LIMIT 50"""
                    ),
                    [
                        ("feature", Column("Feature")),
                        ("request_model", Column("Model")),
                        ("calls", Column("Calls", COUNT)),
                        ("p50", Column("Median", COUNT)),
                        ("p95", Column("95 % below", COUNT, thresholds=steps("text", 200000, ORANGE, 272000, RED))),
                        ("largest", Column("Largest", COUNT)),
                    ],
                    sort="95 % below",
                    width=12,
                ),
                table(
                    "Reasoning, by effort",
                    "Output tokens used for reasoning, by the effort asked for.",
                    sql(
                        """
SELECT
    feature,
    request_model,
    if(reasoning_effort = '', '(default)', reasoning_effort) AS effort,
    count() AS calls,
    if(sum(output_tokens) > 0, sum(reasoning_tokens) / sum(output_tokens), 0) AS share,
    toFloat64(sum(cost_usd)) AS usd
FROM costattr.costattr_calls FINAL
"""
                        + CALLS_WHERE
                        + """
GROUP BY feature, request_model, effort
HAVING sum(reasoning_tokens) > 0
ORDER BY usd DESC
LIMIT 50"""
                    ),
                    [
                        ("feature", Column("Feature")),
                        ("request_model", Column("Model")),
                        ("effort", Column("Effort")),
                        ("calls", Column("Calls", COUNT)),
                        ("share", Column("Reasoning", SHARE)),
                        ("usd", Column("Spent", USD)),
                    ],
                    sort="Spent",
                    width=12,
                ),
            ],
        ),
    ],
)
