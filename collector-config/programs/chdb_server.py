"""ClickHouse's HTTP interface in front of chDB, which is ClickHouse's engine without its server.

For a machine without Docker, and for the tests: the collector's clickhouse exporter inserts through it with its own
client library, and everything that reads ClickHouse over HTTP can query it. It listens on loopback only, knows no users,
and answers one query at a time. It speaks what it needs to: queries and their parameters in the URL or the body, inserts
with the data in the body, Native blocks, gzip, and errors as ClickHouse sends them.

    python chdb_server.py --port 8123 --data DIRECTORY [--schema DIRECTORY]
"""

import argparse
import glob
import gzip
import os
import re
import signal
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from chdb.session import Session

INSERT = re.compile(r"^\s*(INSERT\s+INTO\s+.+?)\s+FORMAT\s+(\w+)\s*$", re.IGNORECASE | re.DOTALL)
FORMAT = re.compile(r"\s+FORMAT\s+(\w+)\s*;?\s*$", re.IGNORECASE)
CODE = re.compile(r"Code: (\d+)\.")
UNKNOWN = {"60", "81"}  # a table, a database

# What ClickHouse's Go client asks first, and reads with the newest protocol it knows, whatever it is told.
HELLO = "SELECT displayName(), version(), revision(), timezone()"


def statements(text):
    """The statements of a file: each ends with a semicolon at the end of a line; comments are lines of their own."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return [statement for statement in re.split(r";\s*(?:\n|$)", "\n".join(lines)) if statement.strip()]


class Engine:
    """One session of chDB, for one thread at a time."""

    def __init__(self, data):
        self.session = Session(data)
        self.lock = threading.Lock()
        self.spool = tempfile.mkdtemp(prefix="chdb-")

    def query(self, sql, form, parameters=None):
        with self.lock:
            result = self.session.query(sql, form, params=parameters or None)
            return bytes(result.bytes()) if result else b""

    def insert(self, into, form, data):
        # The engine reads the block from a file as the server would read it from the connection.
        path = os.path.join(self.spool, "block-%d" % threading.get_ident())
        with open(path, "wb") as file:
            file.write(data)
        try:
            self.query("%s SELECT * FROM file('%s', '%s')" % (into, path, form), "Null")
        finally:
            os.remove(path)

    def hello(self):
        """The answer in the Native format of the client's newest protocol. Revision 0 asks it to use the oldest then."""
        version = self.query("SELECT version()", "TabSeparatedRaw").strip()
        columns = [
            (b"displayName()", b"String", text(b"chDB")),
            (b"version()", b"String", text(version)),
            (b"revision()", b"UInt32", (0).to_bytes(4, "little")),
            (b"timezone()", b"String", text(b"UTC")),
        ]
        block = b"\x01\x00\x02\xff\xff\xff\xff\x00" + bytes([len(columns), 1])
        for name, kind, value in columns:
            block += text(name) + text(kind) + b"\x00" + value
        return block


def text(value):
    return bytes([len(value)]) + value


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    engine = None

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        url = urlsplit(self.path)
        body = self.body()
        if url.path == "/ping":
            return self.send(200, b"Ok.\n")
        parameters = {name: values[-1] for name, values in parse_qs(url.query, keep_blank_values=True).items()}
        if parameters.get("decompress") == "1":
            return self.fail("Code: 1. This server reads no compressed blocks: add compress=none to the endpoint")
        sql = parameters.get("query", "")
        try:
            insert = INSERT.match(sql)
            if insert:
                self.engine.insert(insert.group(1), insert.group(2), body)
                return self.send(200, b"")
            sql = (sql + "\n" + body.decode()).strip() if body else sql
            if sql == HELLO:
                return self.send(200, self.engine.hello())
            form = FORMAT.search(sql)
            self.send(
                200,
                self.engine.query(
                    FORMAT.sub("", sql),
                    form.group(1) if form else parameters.get("default_format", "TabSeparated"),
                    {name[6:]: value for name, value in parameters.items() if name.startswith("param_")},
                ),
            )
        except Exception as fault:  # whatever the engine says, the client is told
            self.fail(str(fault))

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            data = b""
            while True:
                size = int(self.rfile.readline().split(b";")[0], 16)
                data += self.rfile.read(size)
                self.rfile.readline()
                if size == 0:
                    break
        else:
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return gzip.decompress(data) if self.headers.get("Content-Encoding") == "gzip" else data

    def fail(self, message):
        code = CODE.search(message)
        number = code.group(1) if code else "1002"
        self.send(404 if number in UNKNOWN else 500, message.encode() + b"\n", number)

    def send(self, status, body, code=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if code:
            self.send_header("X-ClickHouse-Exception-Code", code)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--port", type=int, default=8123)
    options.add_argument("--data", required=True, help="where the tables are; made when it is not there")
    options.add_argument("--schema", help="a directory of .sql files to run first, in the order of their names")
    chosen = options.parse_args()
    Handler.engine = Engine(chosen.data)
    for file in sorted(glob.glob(os.path.join(chosen.schema, "*.sql"))) if chosen.schema else []:
        with open(file, encoding="utf-8") as script:
            for statement in statements(script.read()):
                Handler.engine.query(statement, "Null")
    server = ThreadingHTTPServer(("127.0.0.1", chosen.port), Handler)
    server.daemon_threads = True
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print("listening on 127.0.0.1:%d" % server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
