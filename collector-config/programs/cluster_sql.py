"""Writes the schema for a cluster out of the schema for one server, so that there is only one to keep right.

What is stored lies in the database costattr_shard on every node, replicated within its shard; what is read, and what the
collector inserts into, lies in the database costattr and spans all shards. A customer's calls are on one shard, and so are
the two copies of a call that came twice.

    python cluster_sql.py collector-config/clickhouse/schema > collector-config/clickhouse/cluster/schema.sql
"""

import glob
import os
import re
import sys

# Files of the single server's schema that make what is inserted into; everything else is stored on the shards.
LANDING = ("010-landing.sql", "030-calls-from-otel.sql")

# What spans the shards, and by what a row finds its own.
DISTRIBUTED = [
    ("costattr_calls", "cityHash64(customer_id)"),
    ("costattr_other_events", "cityHash64(trace_id, body)"),
    ("costattr_customer_prices", "cityHash64(customer_id)"),
    ("otel_traces", "cityHash64(TraceId)"),
    ("costattr_hourly", None),
    ("costattr_daily", None),
    ("costattr_customer_hourly", None),
    ("costattr_customer_daily", None),
]

HEAD = """-- Made by programs/cluster_sql.py out of ../schema; change that. Run once, on any node:
--   clickhouse-client --multiquery < schema.sql
-- Every node needs the macros cluster, shard and replica, see ../server/cluster.xml.
--
-- The sums by hour and by day are recomputed by every replica of a shard; the rows are the same, and one of them stays.

CREATE DATABASE IF NOT EXISTS costattr ON CLUSTER '{cluster}';

CREATE DATABASE IF NOT EXISTS costattr_shard ON CLUSTER '{cluster}';
"""

PATH = "'/clickhouse/tables/{shard}/{database}/{table}', '{replica}'"


def without_comments(text):
    return "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()


def on_cluster(text):
    text = re.sub(r"^(CREATE (?:TABLE|VIEW|MATERIALIZED VIEW) IF NOT EXISTS [\w.]+)", r"\1 ON CLUSTER '{cluster}'", text, flags=re.M)
    text = re.sub(r"^ENGINE = (\w*MergeTree)$", r"ENGINE = Replicated\1(%s)" % PATH, text, flags=re.M)
    return re.sub(r"^ENGINE = (\w*MergeTree)\((\w+)\)$", r"ENGINE = Replicated\1(%s, \2)" % PATH, text, flags=re.M)


def main(schema):
    files = sorted(glob.glob(os.path.join(schema, "*.sql")))
    print(HEAD)
    for file in files:
        if os.path.basename(file) not in LANDING:
            text = without_comments(open(file, encoding="utf-8").read())
            print("-- %s\n%s\n" % (os.path.basename(file), on_cluster(text).replace("costattr.", "costattr_shard.").replace("'costattr_shard.", "'costattr.")))
    print("-- What spans the shards.")
    for table, key in DISTRIBUTED:
        print("CREATE TABLE IF NOT EXISTS costattr.%s ON CLUSTER '{cluster}' AS costattr_shard.%s\nENGINE = Distributed('{cluster}', costattr_shard, %s%s);\n"
              % (table, table, table, ", " + key if key else ""))
    for file in files:
        if os.path.basename(file) in LANDING:
            text = without_comments(open(file, encoding="utf-8").read()).replace("CREATE DATABASE IF NOT EXISTS costattr;\n", "").strip()
            print("-- %s\n%s\n" % (os.path.basename(file), on_cluster(text)))


if __name__ == "__main__":
    main(sys.argv[1])
