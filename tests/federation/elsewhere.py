"""Other servers: endpoints with engines and data of their own, and documents, over HTTP on this machine."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

from tradegraph.errors import QueryError
from tradegraph.federation import Call

JSON = "application/sparql-results+json"
DATA = """
@prefix : <https://e.org/> .
:a :name "Ada"@en , "Ada"@nl ; :age 36 .
:b :name "Bo" .
:c :age 40 .
"""


def store_of(turtle: str) -> Store:
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE)
    return store


def answer(store: Store, query: str) -> bytes:
    """Evaluate a query as an endpoint does, in the SPARQL results JSON format."""
    return cast("bytes", cast("QuerySolutions", store.query(query)).serialize(format=QueryResultsFormat.JSON))


def solutions(store: Store, text: str) -> list[tuple[str, ...]]:
    """Return the rows in the order of their text, variables by name, so that only what they are counts."""
    found = cast("QuerySolutions", store.query(text))
    names = sorted(variable.value for variable in found.variables)
    return sorted(tuple(f"{name}={row[name]}" for name in names) for row in found)


@dataclass
class Elsewhere:
    """Endpoints by address; what was asked of which is kept. `fails` are those that are down."""

    stores: dict[str, Store]
    fails: dict[str, QueryError] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def __call__(self, call: Call) -> bytes:
        self.calls.append(call)
        if call.endpoint in self.fails:
            raise self.fails[call.endpoint]
        return answer(self.stores[call.endpoint], call.query)


@dataclass(frozen=True)
class Reply:
    """What a server sends back; `wait` is called between the pieces of the body."""

    body: tuple[bytes, ...]
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", JSON),)
    wait: Callable[[], object] = lambda: None


def document(*pieces: bytes | str, media_type: str = "text/turtle", status: int = 200) -> Reply:
    """Return the reply that is a document, with its length."""
    body = tuple(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
    return Reply(body, status, (("Content-Type", media_type), ("Content-Length", str(sum(map(len, body))))))


@dataclass(frozen=True)
class Received:
    """A request as it came in; a GET has no query."""

    path: str
    headers: tuple[tuple[str, str], ...]
    query: str


@dataclass
class Server:
    """An HTTP server on a free port of 127.0.0.1."""

    server: ThreadingHTTPServer
    received: list[Received]

    @property
    def port(self) -> int:
        return self.server.server_port


@contextlib.contextmanager
def serving(reply: Callable[[str], Reply], wrap: Callable[[Any], Any] = lambda opened: opened) -> Iterator[Server]:
    """Answer each POST with `reply` of its query, and each GET with that of its path; `wrap` is for TLS."""
    received: list[Received] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            direct = self.headers["Content-Type"] == "application/sparql-query"
            query = body if direct else parse_qs(body)["query"][0]
            self._answer(query, reply(query))

        def do_GET(self) -> None:
            self._answer("", reply(self.path))

        def _answer(self, query: str, found: Reply) -> None:
            received.append(Received(self.path, tuple(self.headers.items()), query))
            self.send_response(found.status)
            for name, value in found.headers:
                self.send_header(name, value)
            self.end_headers()
            # The other side may have had enough.
            with contextlib.suppress(OSError):
                for piece in found.body:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    found.wait()

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Clients that hang up are what these tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    server.socket = wrap(server.socket)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Server(server, received)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
