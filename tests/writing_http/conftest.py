"""A server that is written to, over loopback, and its writers."""

import contextlib
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

import pytest

from tradegraph.writing import DataFolder, Tokens

FIXED = "https://example.org/fixed"
OWN, FOREIGN = "https://example.org/own/", "https://example.org/foreign/"
UPDATE = {"Content-Type": "application/sparql-update"}
TURTLE = {"Content-Type": "text/turtle"}
NUMBERS = "".join(
    f'<https://example.org/{n}> <https://example.org/number> "{n}"^^<http://www.w3.org/2001/XMLSchema#integer> '
    f"<{FIXED}> .\n"
    for n in range(300)
)
SETTINGS = {"max_write_bytes": 200_000, "write_time_limit_s": 3, "query_memory_limit_mb": 200, "max_running_queries": 3}


def wait_until(condition: Callable[[], bool], most_s: float = 30) -> None:
    end = time.monotonic() + most_s
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> dict[str, object]:
        read: dict[str, object] = json.loads(self.body)
        return read

    @property
    def problem(self) -> str:
        assert self.headers["content-type"] == "application/problem+json", self.body[:300]
        return f"{self.json['detail']} {self.json['remedy']}"


@dataclass
class Writable:
    """A server and somebody who may write in `OWN`; `token` None sends none."""

    port: int
    pid: int
    folder: Path
    token: str | None = None
    others: Mapping[str, str] = field(default_factory=dict)

    def send(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        given = {**({} if self.token is None else {"Authorization": f"Bearer {self.token}"}), **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, given)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, found, response.read())
        finally:
            connection.close()

    def update(self, text: str, **parameters: str) -> Reply:
        query = "?" + urlencode(parameters) if parameters else ""
        return self.send("POST", "/update" + query, text, UPDATE)

    def graph(self, method: str, graph: str, body: bytes | str | None = None, **headers: str) -> Reply:
        """Send a request about a graph; `headers` with underscores for hyphens, Turtle unless said otherwise."""
        given = {**(TURTLE if body is not None else {}), **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.send(method, "/store?" + urlencode({"graph": graph}), body, given)

    def rows(self, query: str) -> list[dict[str, str]]:
        accept = {"Accept": "application/sparql-results+json"}
        found = self.send("GET", "/sparql?" + urlencode({"query": query}), headers=accept)
        assert found.status == 200, found.body
        bindings = json.loads(found.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]

    def values(self, graph: str) -> list[str]:
        """What stands in the object place in a graph, sorted."""
        return sorted(row["o"] for row in self.rows(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))

    def count(self) -> int:
        return int(self.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"])

    def as_holder(self, token: str | None) -> "Writable":
        return Writable(self.port, self.pid, self.folder, token, self.others)

    def serving(self) -> int:
        return int(children(self.pid)[0])

    def keeper(self) -> int:
        return int(children(self.serving())[0])

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut would."""
        for pid in (self.pid, self.serving()):
            os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[str]:
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found += (task / "children").read_text(encoding="ascii").split()
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def command(port: int, dataset: Path, folder: Path, *more: str) -> list[str]:
    given = ["--port", str(port), "--dataset", str(dataset), "--union-default-graph"]
    return [sys.executable, "-m", "tradegraph.cli", "serve", *given, "--writable", "--data-dir", str(folder), *more]


@contextmanager
def running(dataset: Path, folder: Path, *more: str, **settings: int | str) -> Iterator[Writable]:
    port = free_port()
    given = {f"TRADEGRAPH_{name.upper()}": str(value) for name, value in {**SETTINGS, **settings}.items()}
    with started(command(port, dataset, folder, *more), given, port, folder) as server:
        yield server


@contextmanager
def started(program: list[str], given: Mapping[str, str], port: int, folder: Path) -> Iterator[Writable]:
    """Run a server, with what is given in its environment, until the block ends."""
    log = folder.with_name(folder.name + ".log")
    with log.open("ab") as errors:
        process = subprocess.Popen(program, env={**os.environ, **given}, stderr=errors)
    server = Writable(port, process.pid, folder)

    def healthy() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            return server.send("GET", "/healthz").status == 200
        except OSError:
            return False

    try:
        wait_until(healthy, 60)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def tokens(folder: Path) -> dict[str, str]:
    """Make a data folder with its tokens; return them by name."""
    store = Tokens(DataFolder.create(folder).tokens)
    return {
        "writer": store.add("writer", ["read", "write"], [OWN, "http://127.0.0.1/store/"], None)[0],
        "other": store.add("other", ["write"], [FOREIGN], None)[0],
        "reader": store.add("reader", ["read"], [], None)[0],
    }


class Serve(Protocol):
    def __call__(self, *more: str, **settings: int | str) -> Writable: ...


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts servers that run until the tests end."""
    with ExitStack() as stack:

        def start(*more: str, **settings: int | str) -> Writable:
            place = tmp_path_factory.mktemp("writable")
            (place / "data.nq").write_text(NUMBERS)
            made = tokens(place / "folder")
            server = stack.enter_context(running(place / "data.nq", place / "folder", *more, **settings))
            server.token, server.others = made["writer"], made
            return server

        yield start


@pytest.fixture(scope="session")
def server(serve: Serve) -> Writable:
    return serve()


@pytest.fixture
def graph() -> str:
    """A graph of the writer's own in which nothing stands yet."""
    return OWN + secrets.token_hex(4)
