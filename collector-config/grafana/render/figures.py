"""Numbers and colours as Grafana writes and paints them."""

import time

PALETTE = [
    "#73BF69",
    "#F2CC0C",
    "#8AB8FF",
    "#FF780A",
    "#F2495C",
    "#5794F2",
    "#B877D9",
    "#705DA0",
    "#37872D",
    "#FADE2A",
    "#447EBC",
    "#C15C17",
    "#E02F44",
    "#3274D9",
    "#A352CC",
    "#FFA6B0",
]
NAMED = {
    "green": "#73BF69",
    "yellow": "#FADE2A",
    "orange": "#FF9830",
    "red": "#F2495C",
    "blue": "#5794F2",
    "purple": "#B877D9",
    "text": "#CCCCDC",
}


def colour(name):
    return NAMED.get(name, name)


def scaled(value, base, names, decimals):
    at = 0
    while abs(value) >= base and at < len(names) - 1:
        value /= base
        at += 1
    return digits(value, decimals), names[at]


def digits(value, decimals):
    """As many decimals as were asked for, else enough to tell three figures."""
    if decimals is None:
        decimals = 0 if value == int(value) and abs(value) < 1000 else max(0, 3 - len(str(int(abs(value)))))
        text = "%.*f" % (decimals, value)
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "%.*f" % (decimals, value)


def written(value, unit, decimals=None):
    if value is None or value == "":
        return "" if unit == "string" else "–"
    if isinstance(value, str):
        return value
    if unit == "currencyUSD":
        text, name = scaled(value, 1000, ["", "K", "M", "B"], decimals)
        return ("-$" + text[1:] if text.startswith("-") else "$" + text) + name
    if unit == "percentunit":
        return digits(value * 100, decimals) + "%"
    if unit == "short":
        text, name = scaled(value, 1000, ["", "K", "Mil", "Bil"], decimals)
        return text + (" " + name if name else "")
    if unit in ("s", "ms"):
        seconds = value / 1000 if unit == "ms" else value
        for size, name in ((86400, "days"), (3600, "hours"), (60, "mins"), (1, "s"), (1e-3, "ms")):
            if abs(seconds) >= size:
                return digits(seconds / size, decimals) + " " + name
        return digits(seconds * 1e6, decimals) + " µs" if seconds else "0 s"
    if unit == "reqps":
        text, name = scaled(value, 1000, ["", "K", "M"], decimals)
        return "%s%s req/s" % (text, name)
    if unit == "dateTimeFromNow":
        minutes = (time.time() * 1000 - value) / 60000
        return "a minute ago" if minutes < 1.5 else "%.0f minutes ago" % minutes
    if unit == "bytes":
        text, name = scaled(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB"], decimals)
        return text + " " + name
    return digits(value, decimals) if unit != "string" else str(value)


def by_threshold(value, thresholds):
    found = thresholds["steps"][0]["color"]
    for step in thresholds["steps"][1:]:
        if value is not None and value >= step["value"]:
            found = step["color"]
    return colour(found)


def reduced(points, how):
    values = [value for _, value in points if value is not None]
    if not values:
        return None
    return {"sum": sum(values), "mean": sum(values) / len(values), "max": max(values), "lastNotNull": values[-1]}[how]


def ticks(largest):
    """Four or five round values from zero on."""
    if largest <= 0:
        return [0, 1]
    size = 10.0**-9
    while True:
        for step in (size, 2 * size, 2.5 * size, 5 * size):
            if largest / step <= 4:
                count = int(largest / step + 0.999)
                return [step * i for i in range(count + 1)]
        size *= 10
