"""The real server on a loopback port, serving a small release."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

G1, G2 = "https://example.org/graph/1", "https://example.org/graph/2"
_PROGRAM = """
import os, sys
from pathlib import Path
from tradegraph.settings import Settings
from tradegraph.web import serve
serve(Settings.load(os.environ), Path(sys.argv[1]))
"""


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
        assert self.type == "application/problem+json"
        read: dict[str, str | int] = json.loads(self.body)
        return read


@dataclass(frozen=True)
class Client:
    port: int
    pid: int

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, query: str | None = None, accept: str | None = None, **parameters: str) -> Reply:
        fields = {**({} if query is None else {"query": query}), **parameters}
        headers = {} if accept is None else {"Accept": accept}
        return self.send("GET", "/sparql" + ("?" + urlencode(fields) if fields else ""), headers=headers)

    def raw(self, path: str) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        return connection

    def workers(self) -> list[str]:
        """The processes that answer queries: the children of the keeper, which is a child of the serving process."""
        [serving] = _children(self.pid)
        [keeper] = _children(serving)
        return _children(keeper)


def _children(pid: int | str) -> list[str]:
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += (task / "children").read_text(encoding="ascii").split()
    return found


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    directory = tmp_path_factory.mktemp("release")
    lines = [
        f'<https://example.org/{number}> <https://example.org/number> "{number}"'
        f"^^<http://www.w3.org/2001/XMLSchema#integer> <{G1 if number < 100 else G2}> .\n"
        for number in range(400)
    ]
    (directory / "dataset.nq").write_text("".join(sorted(lines)), encoding="utf-8")
    described = {
        "release": "r-test",
        "sha256": "0",
        "inputs": "0",
        "ontology_version": "1",
        "quads": 400,
        "graphs": {G1: 100, G2: 300},
        "other": [1],
    }
    (directory / "release.json").write_text(json.dumps(described), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = os.environ | {
        "TRADEGRAPH_PORT": str(port),
        "TRADEGRAPH_QUERY_TIME_LIMIT_S": "60",
        "TRADEGRAPH_QUERY_MEMORY_LIMIT_MB": "200",
        "TRADEGRAPH_MAX_RUNNING_QUERIES": "3",
        "TRADEGRAPH_MAX_DATASET_GRAPHS": "5",
        "TRADEGRAPH_MAX_QUERY_BYTES": "20000",
    }
    server = subprocess.Popen([sys.executable, "-c", _PROGRAM, str(directory)], env=environ, stderr=subprocess.DEVNULL)
    client = Client(port, server.pid)
    end = time.monotonic() + 20
    while True:
        try:
            if client.send("GET", "/healthz").status == 200:
                break
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)
    yield client
    server.terminate()
    server.wait(timeout=15)
