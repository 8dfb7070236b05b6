"""What is asked of ClickHouse again and again. Every sum here is exact; it becomes a float only to be drawn."""

from grafana import CLICKHOUSE, Variable

# Of the sums by hour and day, which know the model that answered.
CHOSEN = """$__conditionalAll(environment IN (${environment:singlequote}), $environment)
    AND $__conditionalAll(team IN (${team:singlequote}), $team)
    AND $__conditionalAll(feature IN (${feature:singlequote}), $feature)
    AND $__conditionalAll(model IN (${answered:singlequote}), $answered)"""

# Of single calls on a dashboard whose choices come from Prometheus: the model asked for.
CHOSEN_CALLS = """$__conditionalAll(environment IN (${environment:singlequote}), $environment)
    AND $__conditionalAll(team IN (${team:singlequote}), $team)
    AND $__conditionalAll(feature IN (${feature:singlequote}), $feature)
    AND $__conditionalAll(request_model IN (${model:singlequote}), $model)"""

# Of the sums on such a dashboard: they do not know the model asked for.
CHOSEN_SUMS = """$__conditionalAll(environment IN (${environment:singlequote}), $environment)
    AND $__conditionalAll(team IN (${team:singlequote}), $team)
    AND $__conditionalAll(feature IN (${feature:singlequote}), $feature)"""


def choice(name, title, text):
    return Variable(name, title, CLICKHOUSE, {"refId": "A", "rawSql": text, "editorType": "sql", "queryType": "table"}, text)


VARIABLES = [
    choice(name, title, "SELECT DISTINCT %s FROM costattr.costattr_daily WHERE $__dateFilter(day) ORDER BY 1" % field)
    for name, title, field in (
        ("environment", "Environment", "environment"),
        ("team", "Team", "team"),
        ("feature", "Feature", "feature"),
        ("answered", "Model (as answered)", "model"),
    )
]


def calls(fields, order, where="", limit=20):
    """Single calls, with their traces."""
    return """
SELECT
    timestamp AS time,
    %s,
    trace_id
FROM costattr.costattr_calls FINAL
WHERE $__timeFilter(timestamp)
    AND %s%s
ORDER BY %s
LIMIT %d""" % (",\n    ".join(fields), CHOSEN_CALLS, "\n    AND " + where if where else "", order, limit)
