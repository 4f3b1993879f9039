"""One query of a stranger, in a process of its own that may die.

The keeper forks this process for each connection. Everything that protects the service is set before the first byte
of the query is read, and none of it needs this process's cooperation afterwards: the kernel ends it at the deadline
(SIGALRM with its default action: a Python handler would not run while the engine computes), refuses memory beyond the
limit (the engine then aborts) and refuses any new file descriptor, hence any file and any connection.
"""

import ctypes
import gc
import io
import math
import os
import resource
import signal
import socket
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from tradegraph.errors import QueryError, QueryFailed, QueryOutOfMemory, QueryRefused, QueryTimeout, QueryTooComplex
from tradegraph.sparql.explain import explain
from tradegraph.store import frames
from tradegraph.store.interface import Request

CONNECTION: Final = 3
"""The only file descriptor of a worker beside the three standard ones, which lead to /dev/null."""

_PR_SET_PDEATHSIG: Final = 1
# Looked up before forking: a worker cannot open the library any more.
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


def run(store: ox.Store, connection: socket.socket, time_limit_s: float, memory_limit_mb: int) -> None:
    """Answer the one request on `connection`; never return: the process ends here."""
    status = 1
    try:
        own = _confine(connection, time_limit_s, memory_limit_mb)
        request = frames.receive_request(own)
        if request is not None:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, min(time_limit_s, request.limits.time_s)))
            _answer(store, own, request)
        status = 0
    except OSError:
        # Whoever asked has gone; there is nobody left to tell.
        status = 0
    finally:
        os._exit(status)


def _confine(connection: socket.socket, time_limit_s: float, memory_limit_mb: int) -> socket.socket:
    """Give up all that a query does not need."""
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    signal.setitimer(signal.ITIMER_REAL, time_limit_s)
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    gc.disable()
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.dup2(connection.fileno(), CONNECTION)
    os.closerange(CONNECTION + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    own = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=CONNECTION)
    size_now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    most = size_now + memory_limit_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))
    return own


class Outlet(io.RawIOBase):
    """Gathers what the serialiser writes and sends it in frames; the first one is preceded by the head.

    Waiting with the head until there is a full frame, or the answer is complete, means that most failures come before
    any promise was made.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._waiting = bytearray()
        self._begun = False

    def writable(self) -> bool:
        """Say that this is for writing, as the io protocol asks."""
        return True

    def write(self, data: object) -> int:
        """Take bytes; sends as many full frames as there are, waiting while nobody reads."""
        piece = bytes(cast("bytes", data))
        self._waiting += piece
        while len(self._waiting) >= frames.MAX_DATA:
            self._send(bytes(self._waiting[: frames.MAX_DATA]))
            del self._waiting[: frames.MAX_DATA]
        return len(piece)

    def finish(self) -> None:
        """Send the rest and the end mark."""
        self._send(bytes(self._waiting))
        frames.send(self._connection, frames.END)

    def _send(self, data: bytes) -> None:
        if not self._begun:
            frames.send(self._connection, frames.HEAD)
            self._begun = True
        if data:
            frames.send(self._connection, frames.DATA, data)


def _answer(store: ox.Store, connection: socket.socket, request: Request) -> None:
    outlet = Outlet(connection)
    try:
        evaluate(store, request, outlet)
        outlet.finish()
    except BrokenPipeError:
        raise
    except SyntaxError as error:
        frames.send(connection, frames.FAILURE, frames.failure_payload(explain(request.text, str(error))))
    except MemoryError:
        frames.send(connection, frames.FAILURE, frames.failure_payload(out_of_memory()))
    except QueryError as error:
        frames.send(connection, frames.FAILURE, frames.failure_payload(error))
    except (RuntimeError, ValueError, OSError) as error:
        frames.send(connection, frames.FAILURE, frames.failure_payload(_refused_by_engine(error)))


def _refused_by_engine(error: Exception) -> QueryError:
    """Name what the engine raises on evaluating: RuntimeError for unknown functions, OSError for calls outside."""
    message = str(error).split("\n")[0].rstrip(".") + "."
    if isinstance(error, OSError):
        return QueryRefused("The query wants something from outside: " + message, "Ask for what is in the release.")
    if "custom function" in message:
        return QueryRefused(message, "Use the functions of SPARQL 1.1, or xsd: casts.")
    return QueryFailed("The engine stopped: " + message, "Change the query, or report it.")


def out_of_memory() -> QueryOutOfMemory:
    """Return the error that both worker and keeper report for memory."""
    return QueryOutOfMemory(
        "The query needed more memory than one query may have.",
        "Narrow it: add a more selective pattern, or leave out ORDER BY or DISTINCT over many rows.",
    )


def evaluate(store: ox.Store, request: Request, output: io.RawIOBase) -> None:
    """Run the query and write its answer to `output`.

    Without a dataset, the default graph is the union of all named graphs. With one, both sides are always passed: the
    engine leaves a side that is not passed fully visible. The union flag must not be set when the text has FROM: the
    engine would then look past the FROM.
    """
    if request.dataset.given:
        results = store.query(
            request.text,
            base_iri=request.base_iri,
            default_graph=[ox.NamedNode(iri) for iri in request.dataset.default_graphs],
            named_graphs=[ox.NamedNode(iri) for iri in request.dataset.named_graphs],
        )
    else:
        results = store.query(
            request.text, base_iri=request.base_iri, use_default_graph_as_union=not request.own_dataset
        )
    target = cast("IO[bytes]", output)
    if isinstance(results, ox.QueryTriples):
        _expect(request, "graph")
        rdf_format: ox.RdfFormat = getattr(ox.RdfFormat, request.form.engine)
        ox.serialize(results, target, rdf_format, prefixes=dict(request.prefixes) or None)
    else:
        _expect(request, "boolean" if isinstance(results, ox.QueryBoolean) else "bindings")
        results.serialize(target, getattr(ox.QueryResultsFormat, request.form.engine))


def _expect(request: Request, kind: str) -> None:
    """Guard the choice of format, which was made from the text alone."""
    if request.kind != kind:
        raise QueryFailed(f"The query answers with {kind}, which was not expected of its text.", "Please report it.")


def died(status: int, time_limit_s: float) -> QueryError:
    """Say why a worker ended without finishing, from its exit status (negative: killed by that signal)."""
    number = -status
    if number == signal.SIGALRM:
        return QueryTimeout(
            f"The query was stopped at its time limit (at most {math.ceil(time_limit_s)} s).",
            "Narrow the query, put the most selective pattern first, or add LIMIT.",
        )
    if number in (signal.SIGABRT, signal.SIGKILL) or status == 1:
        return out_of_memory()
    if number in (signal.SIGSEGV, signal.SIGBUS):
        return QueryTooComplex(
            "The query is too complex for the engine, which gave up.",
            "Nest less deep, and write long lists of alternatives as VALUES.",
        )
    return QueryFailed(f"The engine stopped unexpectedly (status {status}).", "Please report the query.")
