"""Holds the dashboards and what is provisioned beside them against what every one of them must be. One line for each mistake.

    lint.py collector-config

Needs PyYAML, which ../tools has in its "lint".
"""

import glob
import json
import os
import re
import sys

import yaml

SOURCES = {"prometheus": "${prometheus}", "grafana-clickhouse-datasource": "${clickhouse}"}
UNITS = {"currencyUSD", "percentunit", "short", "none", "s", "ms", "reqps", "bytes", "string", "dateTimeFromNow"}
MONEY = re.compile(r"cost_usd|spent_usd|paid_usd|wasted_usd|savings_usd|_USD_total")
# What Grafana and the plugin for ClickHouse put in by themselves.
BUILT_IN = {
    "__range",
    "__rate_interval",
    "__interval",
    "__timeFilter",
    "__dateFilter",
    "__toTime",
    "__fromTime",
    "__conditionalAll",
    "__from",
    "__to",
    "__value.raw",
    "__url_time_range",
    "prometheus",
    "clickhouse",
}
VARIABLE = re.compile(r"\$\{?([A-Za-z_][\w.]*)")


class Lint:
    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.mistakes = []
        self.links = []

    def wrong(self, where, what):
        self.mistakes.append("%s: %s" % (where, what))

    def load(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8") as file:
            return yaml.safe_load(file)

    def run(self):
        paths = sorted(glob.glob(os.path.join(self.root, "grafana/dashboards/*.json")))
        boards = {}
        for path in paths:
            with open(path, encoding="utf-8") as file:
                boards[os.path.basename(path)] = json.load(file)
        self.known = {source["uid"] for source in self.load("grafana/provisioning/datasources/costattr.yaml")["datasources"]}
        for name, board in boards.items():
            self.board(name, board)
        self.unique("uid", [(name, board["uid"]) for name, board in boards.items()])
        self.unique("title", [(name, board["title"]) for name, board in boards.items()])
        variables = {board["uid"]: {one["name"] for one in board["templating"]["list"]} for board in boards.values()}
        for where, uid, variable in self.links:
            if variable not in variables.get(uid, ()):
                self.wrong(where, "links to %s with %s, which it does not have" % (uid, variable))
        self.alerts()
        return self.mistakes

    def unique(self, what, pairs):
        seen = {}
        for where, value in pairs:
            if value in seen:
                self.wrong(where, "has the %s of %s" % (what, seen[value]))
            seen[value] = where

    def board(self, name, board):
        if board.get("uid") != "costattr-" + name.rsplit(".", 1)[0]:
            self.wrong(name, "uid is not costattr- and the file's name")
        if board.get("id") is not None:
            self.wrong(name, "has an id, which belongs to one Grafana")
        for field in ("title", "description"):
            if not board.get(field):
                self.wrong(name, "has no " + field)
        if not isinstance(board.get("schemaVersion"), int) or "spec" in board:
            self.wrong(name, "is not a classic dashboard")
        if "costattr" not in board.get("tags", []):
            self.wrong(name, "lacks the tag costattr, by which the dashboards link to each other")
        variables = {one["name"] for one in board["templating"]["list"]}
        for one in board["templating"]["list"]:
            if one["type"] == "datasource":
                if one["current"]["value"] not in self.known:
                    self.wrong(
                        name, "variable %s begins with %s, which is not provisioned" % (one["name"], one["current"]["value"])
                    )
            else:
                self.source(name + ", variable " + one["name"], one["datasource"])
                self.used(name + ", variable " + one["name"], json.dumps(one["query"]), variables)
        numbers, places = set(), set()
        for panel in board["panels"]:
            where = "%s, %s" % (name, panel.get("title") or panel.get("id"))
            if panel["id"] in numbers:
                self.wrong(where, "has an id that another panel has")
            numbers.add(panel["id"])
            grid = panel["gridPos"]
            for x in range(grid["x"], grid["x"] + grid["w"]):
                for y in range(grid["y"], grid["y"] + grid["h"]):
                    if x >= 24 or (x, y) in places:
                        self.wrong(where, "lies over another panel or beyond the edge")
                        break
                    places.add((x, y))
                else:
                    continue
                break
            if panel["type"] != "row":
                self.panel(where, panel, variables)
        self.unique(
            "title", [("%s, %s" % (name, panel["id"]), panel["title"]) for panel in board["panels"] if panel["type"] != "row"]
        )

    def panel(self, where, panel, variables):
        for field in ("title", "description"):
            if not panel.get(field):
                self.wrong(where, "has no " + field)
        self.source(where, panel["datasource"])
        defaults = panel["fieldConfig"]["defaults"]
        if defaults.get("unit") not in UNITS:
            self.wrong(where, "has no unit that is known here: %s" % defaults.get("unit"))
        if not panel["targets"]:
            self.wrong(where, "asks nothing")
        self.unique("refId", [(where, target["refId"]) for target in panel["targets"]])
        units = {defaults.get("unit")}
        for override in panel["fieldConfig"]["overrides"]:
            for held in override["properties"]:
                if held["id"] == "unit":
                    units.add(held["value"])
                    if held["value"] not in UNITS:
                        self.wrong(where, "column %s has the unit %s" % (override["matcher"]["options"], held["value"]))
                if held["id"] == "links":
                    for link in held["value"]:
                        self.link(where, link["url"], variables)
        asked = " ".join(target.get("expr", "") + target.get("rawSql", "") for target in panel["targets"])
        if MONEY.search(asked) and "currencyUSD" not in units and "percentunit" not in units and defaults["unit"] != "short":
            self.wrong(where, "shows money without the unit currencyUSD")
        for target in panel["targets"]:
            self.source(where, target["datasource"])
            if target["datasource"] != panel["datasource"]:
                self.wrong(where, "asks another data source than it says")
            if not target.get("expr") and not target.get("rawSql"):
                self.wrong(where, "has an empty query " + target["refId"])
            self.used(where, target.get("expr", "") + target.get("rawSql", ""), variables)
            if "rawSql" in target:
                self.sql(where, target["rawSql"])

    def sql(self, where, text):
        if re.search(r"costattr_calls(?! FINAL)(?! AS \w+ FINAL)\b", text):
            self.wrong(where, "reads costattr_calls without FINAL, which counts twice what came twice")
        if re.search(r"\bsum(If)?\((\w+\.)?\w*_usd", text) and "toFloat64" not in text:
            self.wrong(where, "gives Grafana a decimal and not a float")

    def link(self, where, url, variables):
        self.used(where, url, variables | {"__data.fields." + name for name in re.findall(r"__data\.fields\.(\w+)", url)})
        found = re.match(r"/d/(costattr-\w+)\?", url)
        if found:
            for variable in re.findall(r"var-(\w+)=", url):
                self.links.append((where, found.group(1), variable))
        elif not url.startswith("/explore?"):
            self.wrong(where, "links to %s, which is neither a dashboard here nor a trace" % url)

    def source(self, where, source):
        if SOURCES.get(source.get("type")) != source.get("uid"):
            self.wrong(where, "does not go through a data-source variable: %s" % source)

    def used(self, where, text, variables):
        for name in VARIABLE.findall(text):
            if name not in BUILT_IN and name not in variables:
                self.wrong(where, "uses $%s, which the dashboard does not have" % name)

    def alerts(self):
        where = "grafana/provisioning/alerting/"
        for path in sorted(glob.glob(os.path.join(self.root, where, "*.yaml"))):
            with open(path, encoding="utf-8") as file:
                if "$" in file.read():
                    self.wrong(
                        where + os.path.basename(path), "has a dollar sign, which Grafana takes for a variable of its environment"
                    )
        rules = [rule for group in self.load(where + "rules.yaml")["groups"] for rule in group["rules"]]
        self.unique("uid", [(rule["title"], rule["uid"]) for rule in rules])
        prometheus = set()
        for path in glob.glob(os.path.join(self.root, "prometheus/rules/*.yaml")):
            prometheus |= {rule["alert"] for group in self.load(path)["groups"] for rule in group["rules"] if "alert" in rule}
        for rule in rules:
            if rule["title"] in prometheus:
                self.wrong(rule["title"], "is an alert of Prometheus, too")
            if rule["labels"].get("severity") not in ("page", "warning", "info"):
                self.wrong(rule["title"], "has no severity that Alertmanager knows")
            for field in ("summary", "description", "runbook"):
                if not rule["annotations"].get(field):
                    self.wrong(rule["title"], "has no " + field)
            queries = {data["refId"]: data for data in rule["data"]}
            if rule["condition"] not in queries:
                self.wrong(rule["title"], "has a condition that is not there")
            for ref, data in queries.items():
                if data["model"]["refId"] != ref:
                    self.wrong(rule["title"], "has a query with two names")
                if data["datasourceUid"] not in self.known | {"__expr__"}:
                    self.wrong(rule["title"], "asks %s, which is not provisioned" % data["datasourceUid"])
                if "rawSql" in data["model"]:
                    self.sql(rule["title"], data["model"]["rawSql"])
        told = self.load(where + "notifications.yaml")
        points = {point["name"] for point in told["contactPoints"]}
        for policy in told["policies"]:
            if policy["receiver"] not in points:
                self.wrong("notifications.yaml", "tells %s, which is no contact point" % policy["receiver"])


if __name__ == "__main__":
    found = Lint(sys.argv[1]).run()
    print("\n".join(found) or "all is well")
    sys.exit(1 if found else 0)
