"""The real server on a loopback port, serving a small release."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

import pytest

G1, G2 = "https://example.org/graph/1", "https://example.org/graph/2"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c + ?f + ?i + ?l < 0) }"
_NUMBERS = " ".join(f"?s{place} <https://example.org/number> ?o{place} ." for place in range(4))
ENDLESS_AND_LIGHT = f"SELECT (COUNT(*) AS ?n) {{ {_NUMBERS} FILTER(?o0 + ?o1 + ?o2 + ?o3 < 0) }}"
"""Without end too, and looks like the work of a moment."""
POINT = "SELECT ?o { <https://example.org/7> <https://example.org/number> ?o }"
"""The work of a moment, of which the answer is 7."""
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_TEN = " ".join(str(number) for number in range(10))
LONG_AND_LIGHT = "SELECT * { " + " ".join(f"VALUES ?n{place} {{ {_TEN} }}" for place in range(8)) + " }"
"""A hundred million rows of a query that looks like the work of a moment."""
SIZES = {
    "query_time_limit_s": 60,
    "query_memory_limit_mb": 200,
    "max_running_queries": 3,
    "max_dataset_graphs": 5,
    "max_query_bytes": 20_000,
}
_PROGRAM = """
import os, sys
from pathlib import Path
from tradegraph.settings import Settings
from tradegraph.web import serve
serve(Settings.load(os.environ), Path(sys.argv[1]))
"""


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
    def type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def problem(self) -> dict[str, str | int]:
        assert self.type == "application/problem+json", self.body[:200]
        read: dict[str, str | int] = json.loads(self.body)
        return read


@dataclass(frozen=True)
class Client:
    """A server and how to speak to it. It runs at most `places` queries at a time."""

    port: int
    pid: int
    places: int

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, query: str | None = None, accept: str | None = None, **parameters: str) -> Reply:
        return self.get_with({}, query, accept, **parameters)

    def get_with(
        self, headers: Mapping[str, str], /, query: str | None = None, accept: str | None = None, **parameters: str
    ) -> Reply:
        """Ask by GET, with header fields."""
        fields = {**({} if query is None else {"query": query}), **parameters}
        sent = {**headers, **({} if accept is None else {"Accept": accept})}
        return self.send("GET", "/sparql" + ("?" + urlencode(fields) if fields else ""), headers=sent)

    def raw(self, query: str, *headers: str, **parameters: str) -> socket.socket:
        """Ask by GET and return the connection, of which nothing has been read."""
        path = "/sparql?" + urlencode({"query": query, **parameters})
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        lines = [f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""]
        connection.sendall("\r\n".join(lines).encode())
        return connection

    def serving(self) -> str:
        """The process that speaks HTTP: the child of the one that was started."""
        [serving] = _children(self.pid)
        return serving

    def keeper(self) -> str:
        """The process that holds the data and forks the workers."""
        [keeper] = _children(self.serving())
        return keeper

    def has_keeper(self) -> bool:
        """Whether a keeper runs, asking the server to see to it."""
        return self.send("GET", "/healthz").status == 200 and len(_children(self.serving())) == 1

    @staticmethod
    def kill(pid: str) -> None:
        os.kill(int(pid), signal.SIGKILL)

    def workers(self) -> list[str]:
        """The processes that answer queries: the children of the keeper."""
        return _children(self.keeper())

    def working(self) -> list[str]:
        """Those of the workers that are at a query for long: they have been given the lowest priority."""
        return [pid for pid in self.workers() if _nice(pid) > 0]

    @staticmethod
    def freeze(pid: str) -> None:
        os.kill(int(pid), signal.SIGSTOP)

    @contextmanager
    def workers_frozen(self) -> Iterator[None]:
        """Within, no query is answered and no worker is born."""
        frozen = [*self.workers(), self.keeper()]
        for pid in frozen:
            os.kill(int(pid), signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in frozen:
                os.kill(int(pid), signal.SIGCONT)

    def has_all_its_places(self) -> bool:
        """Whether as many queries as there are places can run at once; leaves fresh workers behind."""
        with ExitStack() as stack:
            asked = [stack.enter_context(self.raw(LONG_AND_LIGHT + "#" + "x" * n)) for n in range(self.places)]
            heads = [_received(connection, 12) for connection in asked]
            used = set(self.workers())
        wait_until(lambda: not used & set(self.workers()) and len(self.workers()) == self.places)
        return heads == [b"HTTP/1.1 200"] * self.places


def _received(connection: socket.socket, most: int) -> bytes:
    with contextlib.suppress(ConnectionResetError):
        return connection.recv(most)
    return b""


def _nice(pid: str) -> int:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[16])
    return 0


def _children(pid: int | str) -> list[str]:
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found += (task / "children").read_text(encoding="ascii").split()
    return found


def numbers() -> list[str]:
    """Return 400 quads in two graphs: a thing for each number, with a property of its own."""
    return [
        f'<https://example.org/{number}> <https://example.org/number> "{number}"'
        f"^^<http://www.w3.org/2001/XMLSchema#integer> <{G1 if number < 100 else G2}> .\n"
        for number in range(400)
    ]


class Serve(Protocol):
    """Starts a server of some quads; it runs until the tests end. Settings are as in `SIZES` unless given."""

    def __call__(self, quads: list[str], sha256: str = "0", **settings: int) -> Client: ...


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    with ExitStack() as stack:

        def serve(quads: list[str], sha256: str = "0", **settings: int) -> Client:
            directory = tmp_path_factory.mktemp("release")
            (directory / "dataset.nq").write_text("".join(sorted(quads)), encoding="utf-8")
            described = {
                "release": "r-test",
                "sha256": sha256,
                "inputs": "0",
                "ontology_version": "1",
                "quads": 400,
                "graphs": {G1: 100, G2: 300},
                "other": [1],
            }
            (directory / "release.json").write_text(json.dumps(described), encoding="utf-8")
            return stack.enter_context(_running(directory, {**SIZES, **settings}))

        yield serve


@contextmanager
def _running(directory: Path, settings: Mapping[str, int]) -> Iterator[Client]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {f"TRADEGRAPH_{name.upper()}": str(value) for name, value in settings.items()}
    environ = {**os.environ, **given, "TRADEGRAPH_PORT": str(port)}
    server = subprocess.Popen([sys.executable, "-c", _PROGRAM, str(directory)], env=environ, stderr=subprocess.DEVNULL)
    try:
        client = Client(port, server.pid, settings["max_running_queries"])
        wait_until(lambda: _healthy(client))
        yield client
    finally:
        server.terminate()
        server.wait(timeout=15)


def _healthy(client: Client) -> bool:
    try:
        return client.send("GET", "/healthz").status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def client(serve: Serve) -> Client:
    return serve(numbers())
