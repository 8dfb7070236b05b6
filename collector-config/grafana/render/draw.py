"""Draws dashboards with the answers that ask.py got: one PNG each, in the layout, with the titles, units and colours that the JSON
says.

    draw.py --dashboards DIRECTORY --to DIRECTORY answers.json

It is a drawing of this program's, in the manner of Grafana, and not a picture of Grafana: what Grafana would do with the JSON
beyond what is drawn here it does not show. Needs chromium on PATH, or where CHROMIUM says.
"""

import argparse
import html
import json
import math
import os
import subprocess
import tempfile
from datetime import datetime, timezone

from figures import PALETTE, by_threshold, reduced, ticks, written

WIDTH, UNIT, GAP = 1520, 30, 8
COLUMN = (WIDTH - 2 * GAP) / 24
CAPTION = (
    "A drawing of this dashboard's layout, not a picture of Grafana. Its queries were asked of Prometheus and of ClickHouse's engine; the data are "
    "what two programs under the agent did against a provider on loopback, repeated over two months."
)
STYLE = """
* { box-sizing: border-box; margin: 0 }
body { background: #111217; color: #ccccdc; font: 13px Inter, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif; width: %dpx; position: relative }
header { height: 92px; padding: 14px 16px 0 }
h1 { font-size: 19px; font-weight: 500; color: #e6e6f0 }
header .range { position: absolute; right: 16px; top: 14px; border: 1px solid #34363d; border-radius: 3px; padding: 5px 10px; color: #b5b5c2 }
.choices { margin-top: 12px; display: flex; gap: 10px }
.choices span { border: 1px solid #34363d; border-radius: 3px; padding: 5px 10px; background: #111217 }
.choices b { font-weight: 500; color: #8e8e9b; margin-right: 8px }
.panel { position: absolute; background: #181b1f; border: 1px solid #25272d; border-radius: 3px; overflow: hidden }
.panel h2 { font-size: 14px; font-weight: 500; padding: 7px 10px; height: 32px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; color: #d8d9e6 }
.row { position: absolute; font-size: 15px; font-weight: 500; color: #d8d9e6; padding-top: 5px; left: 10px }
.row::before { content: '⌄'; margin-right: 9px; color: #8e8e9b }
.stat { display: flex; align-items: center; justify-content: center; font-weight: 500; font-size: 34px; height: calc(100%% - 38px) }
table { border-collapse: collapse; width: 100%%; font-size: 12.5px }
.data th { text-align: left; color: #6e9fff; font-weight: 500; padding: 4px 9px; height: 27px; border-bottom: 1px solid #2a2d33; white-space: nowrap }
.data td { padding: 0 9px; height: 27px; border-bottom: 1px solid #23262c; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 300px }
.data .n { text-align: right }
.data a, .data .link { color: #6e9fff }
.gauge { display: flex; align-items: center; gap: 8px; justify-content: flex-end }
.gauge i { height: 15px; background: #5794f2; display: inline-block; border-radius: 1px; opacity: .85 }
.gauge div { flex: 1; background: #22252b; height: 15px }
.gauge span { min-width: 58px; text-align: right }
.legend { font-size: 12px }
.legend td, .legend th { padding: 1.5px 6px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 170px }
.legend th { font-weight: 500; color: #6e9fff; text-align: right }
.legend .n { text-align: right; color: #b5b5c2 }
.legend i { display: inline-block; width: 14px; height: 4px; border-radius: 2px; margin-right: 6px; vertical-align: middle }
footer { position: absolute; left: 16px; right: 16px; color: #8e8e9b; font-size: 12px; line-height: 17px }
""" % WIDTH


def text(value):
    return html.escape(str(value))


def clock(at, span):
    moment = datetime.fromtimestamp(at, timezone.utc)
    return moment.strftime("%H:%M") if span <= 2 * 86400 else moment.strftime("%m/%d")


class Drawn:
    """A panel: what the JSON says, what was answered, and how large its inside is."""

    def __init__(self, panel, told, answers):
        self.panel = panel
        self.told = told
        self.start, self.to = answers["from"], answers["to"]
        self.defaults = panel["fieldConfig"]["defaults"]
        self.options = panel["options"]
        self.unit, self.decimals = self.defaults.get("unit"), self.defaults.get("decimals")
        self.width = panel["gridPos"]["w"] * COLUMN - GAP - 2
        self.height = panel["gridPos"]["h"] * (UNIT + GAP) - GAP - 34

    def write(self, value, decimals="own"):
        return text(written(value, self.unit, self.decimals if decimals == "own" else decimals))

    def series(self):
        return [one for answer in self.told["answers"] for one in answer.get("series", [])]

    def html(self):
        return {
            "stat": self.stat,
            "timeseries": self.timeseries,
            "bargauge": self.bargauge,
            "piechart": self.piechart,
            "table": self.table,
        }[self.panel["type"]]()

    # --- one figure ---
    def figures(self):
        """Names and values: of series the last value, of rows the texts and the number."""
        answer = self.told["answers"][0]
        if "series" in answer:
            return [(one["name"], reduced(one["points"], "lastNotNull")) for one in answer["series"]]
        rows = answer["rows"]
        return [
            (
                " ".join(str(cell) for cell in row if isinstance(cell, str)),
                next((cell for cell in row if not isinstance(cell, str)), None),
            )
            for row in rows
        ]

    def stat(self):
        figures = self.figures()
        value = figures[0][1] if figures else None
        return '<div class=stat style="color:%s">%s</div>' % (
            by_threshold(value, self.defaults["thresholds"]),
            self.write(value) if figures else "No data",
        )

    def bargauge(self):
        figures = sorted((f for f in self.figures() if f[1] is not None), key=lambda f: -f[1])
        largest = max([value for _, value in figures] or [1]) or 1
        each = min(40, self.height / max(1, len(figures)))
        lines = []
        for name, value in figures:
            lines.append(
                '<div style="display:flex;height:%.1fpx;align-items:center;padding:0 12px;gap:10px"><span style="width:150px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">%s</span>'
                '<div style="flex:1;background:#22252b;height:%dpx"><i style="display:block;height:100%%;width:%.2f%%;background:#5794f2;opacity:.85"></i></div>'
                '<b style="width:72px;text-align:right;font-weight:500;color:#5794f2">%s</b></div>'
                % (each, text(name), max(12, each * 0.55), 100 * value / largest, self.write(value))
            )
        return "".join(lines)

    def piechart(self):
        figures = sorted((f for f in self.figures() if f[1]), key=lambda f: -f[1])
        total = sum(value for _, value in figures) or 1
        size = min(self.height - 16, self.width * 0.4)
        middle, outer, inner = size / 2, size / 2, size * 0.32
        paths, at, legend = [], -math.pi / 2, []
        for (name, value), paint in zip(figures, PALETTE):
            angle = min(2 * math.pi * value / total, 2 * math.pi - 0.02)
            large = 1 if angle > math.pi else 0
            corners = [
                (middle + r * math.cos(a), middle + r * math.sin(a))
                for r, a in ((outer, at), (outer, at + angle), (inner, at + angle), (inner, at))
            ]
            paths.append(
                '<path d="M%.1f %.1f A%.1f %.1f 0 %d 1 %.1f %.1f L%.1f %.1f A%.1f %.1f 0 %d 0 %.1f %.1f Z" fill="%s" stroke="#181b1f"/>'
                % (*corners[0], outer, outer, large, *corners[1], *corners[2], inner, inner, large, *corners[3], paint)
            )
            if value / total > 0.06:
                where = at + angle / 2
                paths.append(
                    '<text x="%.1f" y="%.1f" text-anchor="middle" font-size="11.5" fill="#111217">%.0f%%</text>'
                    % (
                        middle + (outer + inner) / 2 * math.cos(where),
                        middle + (outer + inner) / 2 * math.sin(where) + 4,
                        100 * value / total,
                    )
                )
            legend.append(
                '<tr><td><i style="background:%s"></i>%s</td><td class=n>%s</td><td class=n>%.0f%%</td></tr>'
                % (paint, text(name), self.write(value), 100 * value / total)
            )
            at += angle
        return (
            '<div style="display:flex;align-items:center;gap:14px;padding:0 12px"><svg width="%.0f" height="%.0f" style="flex:none">%s</svg><table class=legend style="flex:1;width:auto"><tr><th></th><th>Value</th><th>Percent</th></tr>%s</table></div>'
            % (size, size, "".join(paths), "".join(legend))
        )

    # --- lines and bars ---
    def timeseries(self):
        custom = self.defaults["custom"]
        stacked, bars = custom["stacking"]["mode"] == "normal", custom["drawStyle"] == "bars"
        calcs = self.options["legend"]["calcs"]
        lines = sorted(self.series(), key=lambda one: -(reduced(one["points"], calcs[0]) or 0))
        legend = self.legend(lines, calcs)
        below = self.options["legend"]["placement"] == "bottom"
        shown = min(len(lines), 12)
        width = self.width - 16 if below else self.width - (min(self.width * 0.4, 190 + 74 * len(calcs)))
        height = self.height - (shown + 1) * 20 - 6 if below else self.height - 4
        chart = self.chart(lines, width, height, stacked, bars)
        if below:
            return '<div style="padding:0 8px">%s%s</div>' % (chart, legend)
        return (
            '<div style="display:flex;padding:0 8px;gap:8px">%s<div style="flex:1;overflow:hidden;padding-top:2px">%s</div></div>'
            % (chart, legend)
        )

    def legend(self, lines, calcs):
        names = {"sum": "Total", "mean": "Mean", "max": "Max", "lastNotNull": "Last *"}
        head = "<tr><th style='text-align:left'>Name</th>%s</tr>" % "".join("<th>%s</th>" % names[calc] for calc in calcs)
        body = [
            "<tr><td><i style='background:%s'></i>%s</td>%s</tr>"
            % (
                paint,
                text(one["name"]),
                "".join("<td class=n>%s</td>" % self.write(reduced(one["points"], calc)) for calc in calcs),
            )
            for one, paint in zip(lines, PALETTE)
        ]
        return "<table class=legend>%s%s</table>" % (head, "".join(body[:12]))

    def chart(self, lines, width, height, stacked, bars):
        left, bottom, top = 62, 22, 8
        right = width - 6
        step = self.told["step"]
        times = sorted({at for one in lines for at, _ in one["points"]})
        start, to = (min(times), max(times) + step) if bars and times else (self.start, self.to)
        if not bars and times and times[0] - start > 2 * 86400:
            start = times[0]
        x = lambda at: left + (at - start) / (to - start) * (right - left)
        values = [{at: value for at, value in one["points"] if value is not None} for one in lines]
        sums = {at: 0 for at in times}
        tops = []
        for held in values:
            lows = dict(sums) if stacked else {at: 0 for at in times}
            highs = {at: lows[at] + held[at] for at in held}
            if stacked:
                sums.update(highs)
            tops.append((lows, highs))
        marks = ticks(max([value for _, highs in tops for value in highs.values()] or [0]))
        y = lambda value: height - bottom - value / marks[-1] * (height - bottom - top)
        parts = []
        for mark in marks:
            label = written(mark, self.unit, self.decimals if self.unit == "currencyUSD" and marks[-1] < 10 else None)
            parts.append(
                '<line x1="%d" x2="%.0f" y1="%.1f" y2="%.1f" stroke="#25282e"/><text x="%d" y="%.1f" text-anchor="end">%s</text>'
                % (left, right, y(mark), y(mark), left - 7, y(mark) + 4, text(label))
            )
        for at in self.hours(start, to, right - left):
            parts.append(
                '<line x1="%.1f" x2="%.1f" y1="%d" y2="%.0f" stroke="#212429"/><text x="%.1f" y="%.0f" text-anchor="middle">%s</text>'
                % (x(at), x(at), top, height - bottom, x(at), height - 5, clock(at, to - start))
            )
        for (lows, highs), paint in reversed(list(zip(tops, PALETTE))):
            parts.append(
                self.bars(lows, highs, x, y, step, paint) if bars else self.area(lows, highs, x, y, step, paint, stacked)
            )
        return '<svg width="%.0f" height="%.0f" style="flex:none" font-size="11.5" fill="#9a9aa8">%s</svg>' % (
            width,
            height,
            "".join(parts),
        )

    @staticmethod
    def bars(lows, highs, x, y, step, paint):
        return "".join(
            '<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" fill-opacity=".85"/>'
            % (x(at) + 0.5, y(high), max(1.0, (x(at + step) - x(at)) * 0.86), max(0.0, y(lows[at]) - y(high)), paint)
            for at, high in highs.items()
        )

    @staticmethod
    def area(lows, highs, x, y, step, paint, stacked):
        runs = []
        for at in sorted(highs):
            if runs and at - runs[-1][-1] <= 1.5 * step:
                runs[-1].append(at)
            else:
                runs.append([at])
        parts = []
        for run in runs:
            line = " L".join("%.1f %.1f" % (x(at), y(highs[at])) for at in run)
            back = " L".join("%.1f %.1f" % (x(at), y(lows[at])) for at in reversed(run))
            parts.append(
                '<path d="M%s L%s Z" fill="%s" fill-opacity="%s"/><path d="M%s" fill="none" stroke="%s" stroke-width="%s"/>'
                % (line, back, paint, ".38" if stacked else ".07", line, paint, "1.2" if stacked else "1.8")
            )
        return "".join(parts)

    @staticmethod
    def hours(start, to, width):
        every = next(
            size
            for size in (300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 345600, 604800, 1209600)
            if (to - start) / size <= width / 62
        )
        at = start - start % every + every
        while at < to:
            yield at
            at += every

    # --- rows ---
    def table(self):
        columns, rows = joined(self.told["answers"])
        organize = next((one["options"] for one in self.panel["transformations"] if one["id"] == "organize"), {})
        order = organize["indexByName"]
        kept = [at for at, name in enumerate(columns) if not organize["excludeByName"].get(name)]
        kept.sort(key=lambda at: order.get(columns[at], 99 if order else at))
        titles = [organize["renameByName"].get(columns[at], columns[at]) for at in kept]
        rows = [[row[at] for at in kept] for row in rows]
        sort = self.options["sortBy"][0]["displayName"]
        if sort in titles:
            at = titles.index(sort)
            rows.sort(key=lambda row: (row[at] is not None, row[at] if row[at] is not None else 0), reverse=True)
        looks = {
            override["matcher"]["options"]: {held["id"]: held["value"] for held in override["properties"]}
            for override in self.panel["fieldConfig"]["overrides"]
        }
        rows = rows[: int((self.height - 30) // 27)]
        head = "".join(
            "<th%s>%s%s</th>"
            % (" class=n" if looks.get(title, {}).get("unit") != "string" else "", text(title), " ↓" if title == sort else "")
            for title in titles
        )
        body = "".join(
            "<tr>%s</tr>"
            % "".join(
                self.cell(value, looks.get(title, {}), [row[at] for row in rows])
                for at, (title, value) in enumerate(zip(titles, row))
            )
            for row in rows
        )
        return "<table class=data><tr>%s</tr>%s</table>" % (head, body or "<tr><td>No data</td></tr>")

    @staticmethod
    def cell(value, look, column):
        unit = look.get("unit", "string")
        shown = text(written(value, unit, look.get("decimals")))
        kind = look.get("custom.cellOptions", {}).get("type")
        if kind == "gauge":
            largest = max([one for one in column if one is not None] or [1]) or 1
            return (
                "<td style='min-width:190px'><div class=gauge><div><i style='width:%.1f%%'></i></div><span>%s</span></div></td>"
                % (100 * (value or 0) / largest, shown)
            )
        style = ""
        if "thresholds" in look and value is not None:
            style = " style='color:%s'" % by_threshold(value, look["thresholds"])
        if "links" in look:
            shown = "<span class=link>%s</span>" % shown
        if look.get("custom.width") and "links" in look:
            style = " style='max-width:%dpx'" % look["custom.width"]
        return "<td%s%s>%s</td>" % (" class=n" if unit != "string" else "", style, shown)


def joined(answers):
    """Rows with the same texts as one row: Grafana's transformation "merge"."""
    if len(answers) == 1:
        return answers[0]["columns"], answers[0]["rows"]
    values = [name for answer in answers for name in answer["columns"] if name.startswith("Value #")]
    labels = list(dict.fromkeys(name for answer in answers for name in answer["columns"] if name not in values))
    rows = {}
    for answer in answers:
        for row in answer["rows"]:
            held = dict(zip(answer["columns"], row))
            rows.setdefault(tuple(held.get(name) for name in labels), {}).update(held)
    return labels + values, [[row.get(name) for name in labels + values] for row in rows.values()]


def page(dashboard, answers):
    told = {one["id"]: one for one in answers["panels"]}
    top = 92
    parts = []
    bottom = 0
    for panel in dashboard["panels"]:
        grid = panel["gridPos"]
        y = top + grid["y"] * (UNIT + GAP)
        bottom = max(bottom, y + grid["h"] * (UNIT + GAP))
        if panel["type"] == "row":
            parts.append('<div class=row style="top:%dpx">%s</div>' % (y, text(panel["title"])))
            continue
        drawn = Drawn(panel, told[panel["id"]], answers)
        parts.append(
            '<div class=panel style="left:%.1fpx;top:%dpx;width:%.1fpx;height:%dpx"><h2>%s</h2>%s</div>'
            % (
                GAP + grid["x"] * COLUMN + GAP / 2,
                y,
                grid["w"] * COLUMN - GAP,
                grid["h"] * (UNIT + GAP) - GAP,
                text(panel["title"]),
                drawn.html(),
            )
        )
    choices = "".join(
        "<span><b>%s</b>All</span>" % text(one["label"]) for one in dashboard["templating"]["list"] if one["type"] == "query"
    )
    span = answers["to"] - answers["from"]
    last = "Last %d hours" % (span / 3600) if span <= 2 * 86400 else "Last %d days" % (span / 86400)
    return (
        bottom + 48,
        "<!doctype html><meta charset=utf-8><style>%s</style><body><header><h1>%s</h1><div class=range>%s UTC</div><div class=choices>%s</div></header>%s<footer style='top:%dpx'>%s</footer>"
        % (STYLE, text(dashboard["title"]), last, choices, "".join(parts), bottom + 6, text(CAPTION)),
    )


def photograph(made, height, to):
    with tempfile.TemporaryDirectory() as directory:
        source = os.path.join(directory, "page.html")
        with open(source, "w", encoding="utf-8") as file:
            file.write(made)
        subprocess.run(
            [
                os.environ.get("CHROMIUM", "chromium"),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + directory,
                "--window-size=%d,%d" % (WIDTH, height),
                "--screenshot=" + to,
                "file://" + source,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--dashboards", required=True)
    options.add_argument("--to", required=True)
    options.add_argument("answers")
    given = options.parse_args()
    dashboards = {}
    for name in os.listdir(given.dashboards):
        if name.endswith(".json"):
            with open(os.path.join(given.dashboards, name), encoding="utf-8") as file:
                dashboard = json.load(file)
            dashboards[dashboard["uid"]] = dashboard
    os.makedirs(given.to, exist_ok=True)
    with open(given.answers, encoding="utf-8") as file:
        for answers in json.load(file):
            height, made = page(dashboards[answers["uid"]], answers)
            photograph(
                made, height, os.path.abspath(os.path.join(given.to, answers["uid"].replace("costattr-", "dashboard-") + ".png"))
            )


if __name__ == "__main__":
    main()
