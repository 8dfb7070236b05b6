"""Asks a Prometheus and a ClickHouse everything that the dashboards ask, as Grafana would, and writes the answers as JSON.

    ask.py --prometheus http://127.0.0.1:9090 --clickhouse http://127.0.0.1:8123 --set environment=production DASHBOARD.json ...

Grafana's own variables and macros are replaced as Grafana and its ClickHouse plugin replace them: those that the dashboards
use, and no others, so that a new one fails here instead of going out as it stands. The tests run every query through this, and
draw.py draws what comes back.
"""

import argparse
import json
import re
import sys
import time
from datetime import datetime, timezone
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

UNITS = {"m": 60, "h": 3600, "d": 86400}
# How often the agent reports: the data source's timeInterval.
SCRAPE = 15
MACRO = re.compile(r"\$__\w+|\$\{\w+[^}]*\}|\$[a-z]\w*")


class Scope:
    """What is chosen above the panels, and the time."""

    def __init__(self, dashboard, at, chosen, points):
        self.to = at
        self.start = at - self.seconds_before(dashboard["time"]["from"])
        self.points = points
        self.chosen = {
            variable["name"]: chosen.get(variable["name"])
            for variable in dashboard["templating"]["list"]
            if variable["type"] == "query"
        }
        self.every = {variable["name"]: variable.get("allValue") for variable in dashboard["templating"]["list"]}

    @staticmethod
    def seconds_before(text):
        number, unit = re.fullmatch(r"now-(\d+)([mhd])", text).groups()
        return int(number) * UNITS[unit]

    def step(self, panel):
        """The distance of points, a round one, and none smaller than the panel wants."""
        least = self.duration(panel.get("interval", "")) or SCRAPE
        wanted = (self.to - self.start) / self.points
        return max(
            least,
            next(
                size
                for size in (15, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 21600, 43200, 86400)
                if size >= wanted or size == 86400
            ),
        )

    @staticmethod
    def duration(text):
        return int(text[:-1]) * UNITS[text[-1]] if text else 0

    def promql(self, text, step):
        own = {
            "$__range": "%ds" % (self.to - self.start),
            "$__interval": "%ds" % step,
            "$__rate_interval": "%ds" % max(step + SCRAPE, 4 * SCRAPE),
        }

        def value(match):
            name = match.group()
            if name in own:
                return own[name]
            values = self.chosen[name[1:]]
            if values is None:
                return self.every[name[1:]]
            escaped = [re.sub(r"([\\^$*+?.()|{}\[\]])", r"\\\\\1", one) for one in values]
            return escaped[0] if len(escaped) == 1 else "(%s)" % "|".join(escaped)

        return MACRO.sub(value, re.sub(r"\[\$__(\w+)\]", lambda m: "[%s]" % own["$__" + m.group(1)], text))

    def sql(self, text):
        text = self.conditional(text)
        text = re.sub(
            r"\$\{(\w+):singlequote\}",
            lambda m: ",".join("'%s'" % one.replace("'", "\\'") for one in self.chosen[m.group(1)]),
            text,
        )
        start, end = "toDateTime(%d)" % self.start, "toDateTime(%d)" % self.to
        first, last = ("toDate('%s')" % datetime.fromtimestamp(at, timezone.utc).date() for at in (self.start, self.to))
        text = re.sub(r"\$__timeFilter\((\w+)\)", r"\1 >= %s AND \1 <= %s" % (start, end), text)
        text = re.sub(r"\$__dateFilter\((\w+)\)", r"\1 >= %s AND \1 <= %s" % (first, last), text)
        text = text.replace("$__fromTime", start).replace("$__toTime", end)
        unknown = MACRO.search(text)
        if unknown:
            raise ValueError("nobody here knows " + unknown.group())
        return text

    def conditional(self, text):
        """$__conditionalAll(condition, $variable): the condition, or 1=1 where all are chosen."""
        macro = "$__conditionalAll("
        while macro in text:
            at = text.rindex(macro)
            depth, end = 1, at + len(macro)
            while depth:
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                end += 1
            condition, variable = text[at + len(macro) : end - 1].rsplit(",", 1)
            text = text[:at] + ("1=1" if self.chosen[variable.strip()[1:]] is None else condition) + text[end:]
        return text


def fetch(url, body=None):
    try:
        with urlopen(Request(url, body), timeout=120) as answer:
            return answer.read().decode()
    except HTTPError as fault:
        raise ValueError(fault.read().decode()) from fault


class Sources:
    """The two stores."""

    def __init__(self, prometheus, clickhouse):
        self.prometheus = prometheus
        self.clickhouse = clickhouse

    def api(self, path, **parameters):
        answer = json.loads(fetch("%s/api/v1/%s" % (self.prometheus, path), urlencode(parameters).encode()))
        return answer["data"]

    def rows(self, sql):
        answer = json.loads(fetch(self.clickhouse, (sql + "\nFORMAT JSONCompact").encode()))
        return answer["meta"], [
            [number(value, column["type"]) for value, column in zip(row, answer["meta"])] for row in answer["data"]
        ]


def number(value, kind):
    if isinstance(value, str) and re.search(r"Int|Float|Decimal", kind) and not kind.startswith(("Map", "Array")):
        return float(value) if value not in ("nan", "inf", "-inf") else None
    return value


def named(legend, labels):
    if legend == "__auto":
        return ", ".join(value for name, value in sorted(labels.items()) if name != "__name__") or "Value"
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda m: labels.get(m.group(1), ""), legend)


def finite(text):
    value = float(text)
    return value if abs(value) != float("inf") and value == value else None


def from_prometheus(target, scope, step, sources, alone):
    expr = scope.promql(target["expr"], step)
    if not target["instant"]:
        result = sources.api("query_range", query=expr, start=scope.start - scope.start % step, end=scope.to, step=step)["result"]
        return {
            "series": [
                {
                    "name": named(target["legendFormat"], one["metric"]),
                    "points": [[at, finite(value)] for at, value in one["values"]],
                }
                for one in result
            ]
        }
    result = sources.api("query", query=expr, time=scope.to)["result"]
    if target.get("format") != "table":
        return {
            "series": [
                {"name": named(target["legendFormat"], one["metric"]), "points": [[scope.to, finite(one["value"][1])]]}
                for one in result
            ]
        }
    labels = sorted({name for one in result for name in one["metric"]})
    return {
        "columns": ["Time", *labels, "Value" if alone else "Value #" + target["refId"]],
        "rows": [[scope.to, *[one["metric"].get(name) for name in labels], finite(one["value"][1])] for one in result],
    }


def from_clickhouse(target, scope, sources):
    columns, rows = sources.rows(scope.sql(target["rawSql"]))
    if target["format"] == 1:
        return {"columns": [column["name"] for column in columns], "rows": rows}
    series = {}
    for row in rows:
        at = datetime.strptime(row[0][:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc).timestamp()
        texts = [value for value, column in zip(row[1:], columns[1:]) if "String" in column["type"]]
        for value, column in zip(row[1:], columns[1:]):
            if "String" not in column["type"]:
                # As Grafana names it: by its column, unless that is "Value", and by the texts of its row.
                name = " ".join([*([] if column["name"] == "Value" else [column["name"]]), *texts])
                series.setdefault(name, []).append([at, value])
    return {"series": [{"name": name, "points": points} for name, points in series.items()]}


def trace(panel, answer, sources):
    """Follows the link of a table's first trace: how many spans it leads to. None where a table has no such link."""
    for override in panel["fieldConfig"]["overrides"]:
        for held in override["properties"]:
            if held["id"] == "links" and held["value"][0]["url"].startswith("/explore"):
                panes = json.loads(parse_qs(urlsplit(held["value"][0]["url"]).query)["panes"][0])
                asked = panes["costattr"]["queries"][0]["rawSql"]
                ids = [row[-1] for row in answer["rows"] if row[-1]]
                return len(sources.rows(asked.replace("${__value.raw}", ids[0]))[1]) if ids else 0
    return None


def choices(variable, scope, sources):
    query = variable["query"]
    if "rawSql" in query:
        return [row[0] for row in sources.rows(scope.sql(query["rawSql"]))[1]]
    metric, label = re.fullmatch(r"label_values\((\S+), (\w+)\)", query["query"]).groups()
    found = sources.api("series", **{"match[]": metric, "start": scope.start, "end": scope.to})
    return sorted({one[label] for one in found if one.get(label)})


def asked(dashboard, scope, sources):
    answers = {"uid": dashboard["uid"], "from": scope.start, "to": scope.to, "variables": {}, "panels": []}
    for variable in dashboard["templating"]["list"]:
        if variable["type"] == "query":
            answers["variables"][variable["name"]] = choices(variable, scope, sources)
    for panel in dashboard["panels"]:
        if panel["type"] == "row":
            continue
        step = scope.step(panel)
        told = {"id": panel["id"], "title": panel["title"], "step": step, "answers": []}
        for target in panel["targets"]:
            try:
                if "expr" in target:
                    told["answers"].append(from_prometheus(target, scope, step, sources, len(panel["targets"]) == 1))
                else:
                    told["answers"].append(from_clickhouse(target, scope, sources))
            except (ValueError, KeyError) as fault:
                raise SystemExit("%s, %s, %s: %s" % (dashboard["uid"], panel["title"], target["refId"], fault)) from fault
        found = trace(panel, told["answers"][0], sources)
        if found is not None:
            told["spans"] = found
        answers["panels"].append(told)
    return answers


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--prometheus", required=True)
    options.add_argument("--clickhouse", required=True)
    options.add_argument("--at", type=int, default=int(time.time()), help="the end of the time range, in seconds of Unix time")
    options.add_argument("--points", type=int, default=96, help="how many points a line has at most")
    options.add_argument(
        "--set", action="append", default=[], metavar="VARIABLE=VALUE[,VALUE]", help="what is chosen; all, where nothing is"
    )
    options.add_argument("dashboards", nargs="+")
    given = options.parse_args()
    chosen = {name: values.split(",") for name, values in (one.split("=", 1) for one in given.set)}
    sources = Sources(given.prometheus, given.clickhouse)
    answers = []
    for path in given.dashboards:
        with open(path, encoding="utf-8") as file:
            dashboard = json.load(file)
        answers.append(asked(dashboard, Scope(dashboard, given.at, chosen, given.points), sources))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
