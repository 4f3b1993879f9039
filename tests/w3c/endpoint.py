"""The real server, started with `tradegraph serve --dataset`, and the data of the query suites for it."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from tradegraph.release.files import read
from tradegraph.writing import DataFolder, Tokens
from w3c.suites import PROTOCOL, QUERY_SUITES, address_of, cases, file_at

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Server:
    """A running server; one connection for all requests, opened again when the server has closed it.

    A server that did not answer in time is asked nothing more, or a thousand cases would each wait for it.
    """

    port: int
    connection: http.client.HTTPConnection
    silences: list[str] = field(default_factory=list)
    token: str = ""

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        assert not self.silences, "the server did not answer an earlier request"
        try:
            self.connection.request(method, path, body, dict(headers))
            response = self.connection.getresponse()
        except (ConnectionError, http.client.BadStatusLine):
            self.connection.close()
            self.connection.request(method, path, body, dict(headers))
            response = self.connection.getresponse()
        except TimeoutError:
            self.silences.append(path)
            raise
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, response.read())

    def write(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        """Send a request with the token."""
        return self.send(method, path, body, {**headers, "Authorization": f"Bearer {self.token}"})

    def ask(self, query: str, accept: str, parameters: Sequence[tuple[str, str]] = ()) -> Reply:
        body = urlencode([("query", query), *parameters]).encode()
        return self.send("POST", "/sparql", body, {"Accept": accept, **FORM})


def _files() -> list[Path]:
    """Return the data files of the query suites, each once, in order."""
    found: set[Path] = set()
    for case in (case for suite in QUERY_SUITES for case in cases(suite)):
        found |= {path for path in map(file_at, case.default_graphs + case.named_graphs) if path.is_file()}
        if case.own_dataset:
            found |= set(case.query.parent.glob("data*.ttl"))
    return sorted(found)


def all_data() -> Iterator[ox.Quad]:
    """Yield all data: the triples of a file in the graph that is named by its address."""
    for number, path in enumerate(_files(), start=1):
        for quad in read(path, f"f{number}b", address_of(path)):
            graph = quad.graph_name
            if isinstance(graph, ox.DefaultGraph):
                graph = ox.NamedNode(address_of(path))
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
    for path in sorted(PROTOCOL.path.parent.glob("*.nt")):
        # The manifest loads these under addresses of its own.
        graph = ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/{path.stem}.rdf")
        for quad in read(path, path.stem):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


@contextlib.contextmanager
def started(*paths: Path, union: bool = False, data_folder: Path | None = None, base_url: str = "") -> Iterator[Server]:
    """Serve files on a free port; with `union`, the default graph is the union of all graphs.

    With a `data_folder`, the server is writable, and `Server.token` may write in all graphs of the suites.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tradegraph.cli", "serve", "--port", str(port)]
    command += [f"--dataset={path}" for path in paths] + ["--union-default-graph"] * union
    token = ""
    if data_folder is not None:
        command += ["--writable", "--data-dir", str(data_folder)]
        own = [":default", "http://example.org/", "http://www.example/", "http://www.example.com/", "http://kasei.us/"]
        token, _ = Tokens(DataFolder.create(data_folder).tokens).add("w3c", ["read", "write"], own, None)
    process = subprocess.Popen(command, env=os.environ | {"TRADEGRAPH_BASE_URL": base_url}, stderr=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    server = Server(port, connection, token=token)
    end = time.monotonic() + 30
    while True:
        try:
            if server.send("GET", "/healthz", None, {}).status == 200:
                break
        except OSError:
            connection.close()
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)
    try:
        yield server
    finally:
        connection.close()
        process.terminate()
        process.wait(timeout=15)
