"""Grafana's classic dashboard JSON in a few words: what every dashboard here has in common.

A dashboard is rows of panels. A panel says what it shows, from which queries, and in which unit; where it stands follows from
its width and the order in which it was added.
"""

from dataclasses import dataclass, field
from json import dumps
from re import split
from urllib.parse import quote

# Schema of Grafana 13's classic model; older files are migrated when they are loaded.
SCHEMA = 42

PROMETHEUS = {"type": "prometheus", "uid": "${prometheus}"}
CLICKHOUSE = {"type": "grafana-clickhouse-datasource", "uid": "${clickhouse}"}

USD = "currencyUSD"
USD_EACH = "costattr-usd-each"
SHARE = "percentunit"
COUNT = "short"
SECONDS = "s"
MILLISECONDS = "ms"
TEXT = "string"
AGO = "dateTimeFromNow"

GREEN, YELLOW, ORANGE, RED, BLUE, PURPLE, GREY = "green", "yellow", "orange", "red", "blue", "purple", "#8e8e8e"

TRACE = "View the trace"


def query(ref, datasource, **rest):
    return {"refId": ref, "datasource": datasource, **rest}


def prom(expr, legend="", ref="A"):
    """A query over the time range."""
    return query(ref, PROMETHEUS, expr=expr, legendFormat=legend or "__auto", range=True, instant=False, editorMode="code")


def instant(expr, legend="", ref="A"):
    """A query at the end of the time range, one value a series."""
    return query(ref, PROMETHEUS, expr=expr, legendFormat=legend or "__auto", range=False, instant=True, editorMode="code")


def column(expr, ref):
    """The same, as rows of a table."""
    return {**instant(expr, ref=ref), "format": "table"}


def sql(text, ref="A"):
    """A query whose rows are a table's."""
    return query(ref, CLICKHOUSE, rawSql=text.strip(), format=1, queryType="table", editorType="sql", pluginVersion="4.20.0")


def sql_series(text, ref="A"):
    """A query whose first column is a time; texts among the others name the series."""
    return query(ref, CLICKHOUSE, rawSql=text.strip(), format=0, queryType="timeseries", editorType="sql", pluginVersion="4.20.0")


def unit_of(unit):
    """A unit and its decimals: money is shown in cents, the price of one thing to a hundredth of a cent."""
    if unit == USD_EACH:
        return {"unit": USD, "decimals": 4}
    if unit == USD:
        return {"unit": USD, "decimals": 2}
    if unit == SHARE:
        return {"unit": SHARE, "decimals": 1}
    return {"unit": unit}


@dataclass
class Panel:
    title: str
    description: str
    targets: list
    kind: str = "timeseries"
    width: int = 12
    height: int = 8
    unit: str = USD
    defaults: dict = field(default_factory=dict)
    custom: dict = field(default_factory=dict)
    overrides: list = field(default_factory=list)
    options: dict = field(default_factory=dict)
    transformations: list = field(default_factory=list)
    interval: str = ""
    links: list = field(default_factory=list)

    def json(self, number, x, y):
        defaults = {"color": {"mode": "palette-classic"}, "mappings": [], **unit_of(self.unit), **self.defaults}
        if self.custom:
            defaults["custom"] = self.custom
        made = {
            "id": number,
            "type": self.kind,
            "title": self.title,
            "description": self.description,
            "datasource": self.targets[0]["datasource"],
            "gridPos": {"h": self.height, "w": self.width, "x": x, "y": y},
            "fieldConfig": {"defaults": defaults, "overrides": self.overrides},
            "options": self.options,
            "targets": self.targets,
        }
        for name in ("transformations", "interval", "links"):
            if getattr(self, name):
                made[name] = getattr(self, name)
        return made


def steps(*at):
    """Thresholds: a colour, then by turns a value and the colour from there on."""
    colours = [{"color": at[0], "value": None}]
    colours += [{"color": colour, "value": value} for value, colour in zip(at[1::2], at[2::2])]
    return {"mode": "absolute", "steps": colours}


def stat(title, description, target, unit=USD, thresholds=None, width=4, height=4, colour=None, **rest):
    """One figure. Coloured by thresholds where it can be bad, plain where it is just a figure."""
    defaults = {"thresholds": thresholds or steps(colour or BLUE), "color": {"mode": "thresholds"}}
    options = {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "colorMode": "value",
        "graphMode": "none",
        "textMode": "value",
        "justifyMode": "auto",
        "orientation": "auto",
        "wideLayout": True,
    }
    return Panel(title, description, [target], "stat", width, height, unit, defaults, options=options, **rest)


def series(
    title, description, targets, unit=USD, stacked=False, bars=False, width=12, height=8, legend="right", calcs=("sum",), **rest
):
    """Lines over time; stacked where they are parts of a whole."""
    custom = {
        "drawStyle": "bars" if bars else "line",
        "lineWidth": 0 if bars else 1 if stacked else 2,
        "fillOpacity": 85 if bars else 35 if stacked else 8,
        "gradientMode": "none",
        "showPoints": "never",
        "spanNulls": False,
        "stacking": {"mode": "normal" if stacked else "none", "group": "A"},
        "axisLabel": "",
        "axisBorderShow": False,
    }
    options = {
        "legend": {
            "displayMode": "table",
            "placement": legend,
            "showLegend": True,
            "calcs": list(calcs),
            "sortBy": CALCS[calcs[0]],
            "sortDesc": True,
        },
        "tooltip": {"mode": "multi", "sort": "desc"},
    }
    return Panel(
        title, description, as_list(targets), "timeseries", width, height, unit, {"min": 0}, custom, options=options, **rest
    )


# What a legend calls its figures.
CALCS = {"sum": "Total", "mean": "Mean", "max": "Max", "lastNotNull": "Last *"}


def bars(title, description, target, unit=USD, width=12, height=8, **rest):
    """One bar for each of a few things, the longest first."""
    options = {
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        "orientation": "horizontal",
        "displayMode": "basic",
        "valueMode": "color",
        "namePlacement": "left",
        "showUnfilled": True,
        "minVizWidth": 8,
        "minVizHeight": 16,
        "maxVizHeight": 40,
        "sizing": "auto",
    }
    defaults = {"min": 0, "thresholds": steps(BLUE), "color": {"mode": "thresholds"}}
    return Panel(title, description, [target], "bargauge", width, height, unit, defaults, options=options, **rest)


def pie(title, description, target, unit=USD, width=8, height=8, from_rows=False, **rest):
    """Parts of a whole, when there are few; each a series, or each a row."""
    options = {
        "pieType": "donut",
        "displayLabels": ["percent"],
        "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": from_rows},
        "legend": {"displayMode": "table", "placement": "right", "showLegend": True, "values": ["value", "percent"]},
        "tooltip": {"mode": "single", "sort": "none"},
    }
    return Panel(title, description, [target], "piechart", width, height, unit, options=options, **rest)


def table(title, description, targets, columns, sort=None, width=24, height=9, **rest):
    """
    Rows.

    columns: (what the query calls it, Column) in the order in which they stand. From Prometheus the queries are column(...)s,
    whose values are called "Value #" and their letter; their rows are joined by their labels.
    """
    targets = as_list(targets)
    joins = targets[0]["datasource"] == PROMETHEUS
    # One query's value has no letter when it is alone.
    names = ["Value" if name == "Value #A" and len(targets) == 1 else name for name, _ in columns]
    organize = {
        "excludeByName": {"Time": True} if joins else {},
        "includeByName": {},
        "indexByName": {name: at for at, name in enumerate(names)},
        "renameByName": {name: c.title for name, (_, c) in zip(names, columns)},
    }
    transformations = [{"id": "merge", "options": {}}] if joins else []
    transformations.append({"id": "organize", "options": organize})
    overrides = [c.override() for _, c in columns]
    options = {
        "showHeader": True,
        "cellHeight": "sm",
        "sortBy": [{"displayName": sort or next(c.title for _, c in columns if c.unit != TEXT), "desc": True}],
    }
    custom = {"align": "auto", "cellOptions": {"type": "auto"}, "filterable": False, "inspect": False}
    return Panel(
        title, description, targets, "table", width, height, TEXT, {}, custom, overrides, options, transformations, **rest
    )


@dataclass
class Column:
    """How a table shows one of its columns."""

    title: str
    unit: str = TEXT
    link: str = ""
    says: str = ""
    bar: bool = False
    thresholds: dict = None
    width: int = 0

    def override(self):
        properties = [{"id": name, "value": value} for name, value in unit_of(self.unit).items()]
        if self.width:
            properties.append({"id": "custom.width", "value": self.width})
        if self.link:
            properties.append({"id": "links", "value": [{"title": self.says, "url": self.link, "targetBlank": False}]})
        if self.bar:
            properties.append(
                {"id": "custom.cellOptions", "value": {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}}
            )
            properties.append({"id": "min", "value": 0})
            properties.append({"id": "color", "value": {"mode": "fixed", "fixedColor": BLUE}})
        if self.thresholds:
            properties.append({"id": "custom.cellOptions", "value": {"type": "color-text"}})
            properties.append({"id": "color", "value": {"mode": "thresholds"}})
            properties.append({"id": "thresholds", "value": self.thresholds})
        return {"matcher": {"id": "byName", "options": self.title}, "properties": properties}


def trace_column(title="Trace"):
    """A trace id; a click opens the trace in Explore, where Grafana draws what this query finds."""
    found = """SELECT TraceId AS traceID, SpanId AS spanID, ParentSpanId AS parentSpanID, ServiceName AS serviceName, SpanName AS operationName,
 toUnixTimestamp64Nano(Timestamp) / 1000000 AS startTime, Duration / 1000000 AS duration,
 arrayMap(key -> map('key', key, 'value', SpanAttributes[key]), mapKeys(SpanAttributes)) AS tags,
 arrayMap(key -> map('key', key, 'value', ResourceAttributes[key]), mapKeys(ResourceAttributes)) AS serviceTags,
 if(StatusCode = 'Error', 2, 0) AS statusCode
 FROM costattr.otel_traces WHERE TraceId = '${__value.raw}' LIMIT 1000"""
    asked = {**sql(found.replace("\n", "")), "format": 3, "queryType": "traces"}
    pane = {"costattr": {"datasource": CLICKHOUSE["uid"], "queries": [asked], "range": {"from": "${__from}", "to": "${__to}"}}}
    address = "/explore?schemaVersion=1&orgId=1&panes=" + quoted(dumps(pane, separators=(",", ":")))
    return Column(title, link=address, says=TRACE, width=140)


def quoted(text):
    """Percent-encoded for an address, but for what Grafana puts in."""
    return "".join(part if part.startswith("${") else quote(part, safe="") for part in split(r"(\$\{[^}]+\})", text))


def to(dashboard, variable, field):
    """The address of another dashboard, with a row's value for one of its variables."""
    return "/d/costattr-%s?${__url_time_range}&var-%s=${__data.fields.%s:percentencode}" % (dashboard, variable, field)


def to_value(dashboard, variable):
    """The same with the value of the cell that was clicked."""
    return "/d/costattr-%s?${__url_time_range}&var-%s=${__value.raw:percentencode}" % (dashboard, variable)


def as_list(one_or_more):
    return list(one_or_more) if isinstance(one_or_more, (list, tuple)) else [one_or_more]


@dataclass
class Variable:
    """A choice above the panels: several values, or all."""

    name: str
    label: str
    datasource: dict
    query: object
    definition: str

    def json(self):
        return {
            "type": "query",
            "name": self.name,
            "label": self.label,
            "datasource": self.datasource,
            "query": self.query,
            "definition": self.definition,
            "refresh": 2,
            "sort": 1,
            "multi": True,
            "includeAll": True,
            "allValue": ".*" if self.datasource is PROMETHEUS else None,
            "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
            "options": [],
            "regex": "",
            "hide": 0,
        }


def source_variable(name, label, kind, uid):
    """Which data source the queries go to: the provisioned one, unless another is chosen."""
    return {
        "type": "datasource",
        "name": name,
        "label": label,
        "query": kind,
        "regex": "",
        "refresh": 1,
        "multi": False,
        "includeAll": False,
        "current": {"selected": True, "text": label, "value": uid},
        "options": [],
        "hide": 2,
    }


@dataclass
class Dashboard:
    name: str
    title: str
    description: str
    variables: list
    rows: list
    time: str = "now-24h"
    until: str = "now"
    refresh: str = "1m"

    def file(self):
        return self.name + ".json"

    def json(self):
        panels = []
        y = 0
        for title, row in self.rows:
            if title:
                panels.append(
                    {
                        "id": len(panels) + 1,
                        "type": "row",
                        "title": title,
                        "collapsed": False,
                        "panels": [],
                        "gridPos": {"h": 1, "w": 24, "x": 0, "y": y},
                    }
                )
                y += 1
            x = line = 0
            for panel in row:
                if x + panel.width > 24:
                    x, y, line = 0, y + line, 0
                panels.append(panel.json(len(panels) + 1, x, y))
                x += panel.width
                line = max(line, panel.height)
            y += line
        return {
            "uid": "costattr-" + self.name,
            "title": self.title,
            "description": self.description,
            "tags": ["costattr"],
            "schemaVersion": SCHEMA,
            "version": 1,
            "editable": False,
            "graphTooltip": 1,
            "timezone": "utc",
            "time": {"from": self.time, "to": self.until},
            "refresh": self.refresh,
            "timepicker": {},
            "fiscalYearStartMonth": 0,
            "weekStart": "monday",
            "annotations": {"list": []},
            "links": [
                {
                    "type": "dashboards",
                    "title": "costattr",
                    "tags": ["costattr"],
                    "asDropdown": False,
                    "includeVars": True,
                    "keepTime": True,
                    "targetBlank": False,
                    "icon": "external link",
                    "tooltip": "",
                    "url": "",
                }
            ],
            "templating": {
                "list": [
                    source_variable("prometheus", "Prometheus", "prometheus", "costattr-prometheus"),
                    source_variable("clickhouse", "ClickHouse", "grafana-clickhouse-datasource", "costattr-clickhouse"),
                    *[variable.json() for variable in self.variables],
                ]
            },
            "panels": panels,
        }
