"""Holds the SQL of this directory against ClickHouse's engine: makes every table, runs every query, and has the statements
for a cluster parsed, which the engine alone cannot run. One line for each mistake; the exit code says whether there was one.

    python check_sql.py collector-config/clickhouse
"""

import glob
import os
import re
import sys
import tempfile

from chdb.session import Session

from chdb_server import statements

# A value for every parameter of a query, by its type.
VALUES = {"Date": "2026-11-01", "DateTime": "2026-11-01 00:00:00", "String": "experiment", "Float64": "1",
          "UInt16": "7", "UUID": "00000000-0000-0000-0000-000000000000"}
PARAMETER = re.compile(r"\{(\w+):(\w+)\}")


def main(root):
    session = Session(tempfile.mkdtemp(prefix="check-sql-"))
    mistakes = checked = 0

    def check(file, sql, parameters=None):
        nonlocal mistakes, checked
        checked += 1
        try:
            session.query(sql, "Null", params=parameters)
        except Exception as fault:
            mistakes += 1
            print("%s: %s" % (os.path.relpath(file), str(fault).split("\n")[0][:500]))

    for file in sorted(glob.glob(os.path.join(root, "schema", "*.sql"))):
        for statement in statements(open(file, encoding="utf-8").read()):
            check(file, statement)
    for file in sorted(glob.glob(os.path.join(root, "queries", "*.sql"))):
        for statement in statements(open(file, encoding="utf-8").read()):
            unknown = [kind for _, kind in PARAMETER.findall(statement) if kind not in VALUES]
            if unknown:
                mistakes += 1
                print("%s: a parameter of type %s" % (os.path.relpath(file), unknown[0]))
                continue
            check(file, statement, {name: VALUES[kind] for name, kind in PARAMETER.findall(statement)})
    for file in sorted(glob.glob(os.path.join(root, "cluster", "*.sql")) + glob.glob(os.path.join(root, "*.sql"))):
        for statement in statements(open(file, encoding="utf-8").read()):
            # A parameter is escaped as in the TabSeparated format.
            escaped = statement.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
            check(file, "SELECT formatQuery({sql:String})", {"sql": escaped})
    print("%d statements, %d mistakes" % (checked, mistakes))
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
