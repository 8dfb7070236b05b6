"""What is asked of Prometheus again and again: the agent's counters, for what is chosen above the panels."""

from grafana import PROMETHEUS, Variable

COST = "costattr_llm_cost_USD_total"
AT_RISK = "costattr_llm_cost_at_risk_USD_total"
CALLS = "costattr_llm_calls_total"
TOKENS = "costattr_llm_tokens_total"
DURATION = "costattr_llm_duration_seconds_bucket"
FIRST_CHUNK = "costattr_llm_time_to_first_chunk_seconds_bucket"

# Every input token is in exactly one of these types.
INPUT = 'costattr_token_type=~"(cached_)?(audio_|image_)?input|cache_write.*"'
CACHED = 'costattr_token_type=~"cached_.*"'
FAILED = 'error_type!=""'

RANGE = "$__range"
STEP = "$__rate_interval"

# Grafana writes what is chosen as a regular expression, ".*" for all.
CHOSEN = 'costattr_team=~"$team", costattr_feature=~"$feature", gen_ai_request_model=~"$model"'

FEATURE, TEAM, ROUTE, MODEL, PROVIDER = (
    "costattr_feature",
    "costattr_team",
    "costattr_route",
    "gen_ai_request_model",
    "gen_ai_provider_name",
)

VARIABLES = [
    # The environment is a label of the call where the call says it, else of the program; the recorded series has either.
    Variable(
        "environment",
        "Environment",
        PROMETHEUS,
        {"refId": "A", "query": "label_values(feature:costattr_cost_usd:increase1h, environment)", "qryType": 1},
        "label_values(feature:costattr_cost_usd:increase1h, environment)",
    ),
    *[
        Variable(name, title, PROMETHEUS, {"refId": "A", "query": values, "qryType": 1}, values)
        for name, title, values in (
            ("team", "Team", "label_values(costattr_llm_calls_total, costattr_team)"),
            ("feature", "Feature", "label_values(costattr_llm_calls_total, costattr_feature)"),
            ("model", "Model", "label_values(costattr_llm_calls_total, gen_ai_request_model)"),
        )
    ],
]


def counted(function, metric, window, *more, offset=""):
    """increase() or rate() of a counter of calls, in the environments that are chosen."""
    matchers = ", ".join([CHOSEN, *more])
    behind = " offset " + offset if offset else ""
    of_the_call = '%s(%s{costattr_environment=~"$environment", %s}[%s]%s)' % (function, metric, matchers, window, behind)
    of_the_program = '%s(%s{costattr_environment="", deployment_environment_name=~"$environment", %s}[%s]%s)' % (
        function,
        metric,
        matchers,
        window,
        behind,
    )
    # Where all are chosen both have everything, and "or" keeps it once.
    return "(%s or %s)" % (of_the_call, of_the_program)


def total(metric, *more, by="", window=RANGE, offset=""):
    """How much a counter rose over the window."""
    return added(counted("increase", metric, window, *more, offset=offset), by)


def hourly(metric, *more, by="", offset=""):
    """How fast it rises, an hour."""
    return "3600 * " + added(counted("rate", metric, STEP, *more, offset=offset), by)


def per_second(metric, *more, by=""):
    return added(counted("rate", metric, STEP, *more), by)


def added(expr, by):
    return "sum by (%s) %s" % (by, expr) if by else "sum%s" % expr


def whole(expr):
    """Counts without the fractions that increase() makes of them."""
    return "round(%s)" % expr


def ratio(part, of):
    """Nothing where there is nothing to divide by."""
    return "%s / (%s > 0)" % (part, of)


def or_zero(expr):
    """A series that is not there yet counts as nothing, for figures that are then zero and not unknown."""
    return "((%s) or vector(0))" % expr


def quantile(share, metric, by="", window=STEP, more=()):
    return "histogram_quantile(%s, %s)" % (share, added(counted("rate", metric, window, *more), "le" + (", " + by if by else "")))
