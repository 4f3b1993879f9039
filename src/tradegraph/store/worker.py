"""Queries of strangers, one after the other, in a process that may die of each.

The keeper forks this process with one end of a connection. Everything that protects the service is set before the
first byte of a query is read, and none of it needs this process's cooperation afterwards: the kernel ends it at the
deadline (SIGALRM with its default action: a Python handler would not run while the engine computes), refuses memory
beyond the limit (the engine then aborts) and refuses any new file descriptor, hence any file and any connection. A
worker that has grown says so and ends, so that each query finds a fresh or nearly fresh process.
"""

import ctypes
import gc
import io
import math
import os
import resource
import signal
import socket
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Final, Protocol, cast

import pyoxigraph as ox

from tradegraph.errors import (
    AnswerTooLarge,
    QueryError,
    QueryFailed,
    QueryOutOfMemory,
    QueryRefused,
    QueryTimeout,
    QueryTooComplex,
)
from tradegraph.namespaces import PREFIXES
from tradegraph.sparql.explain import explain
from tradegraph.sparql.known import is_known
from tradegraph.sparql.scan import Bounds, scan
from tradegraph.store import frames
from tradegraph.store.interface import MOST_HELD, Request
from tradegraph.store.labels import Language, labelled_json
from tradegraph.store.meter import LimitedTriples, One, meter_for

CONNECTION: Final = 3
"""The only file descriptor of a worker beside the three standard ones, which lead to /dev/null."""

_PR_SET_PDEATHSIG: Final = 1
_GROWN_KIB: Final = 64 * 1024
_NO_MEMORY: Final = 12
"""Exit status of a worker that could not even report that it had no memory left."""
_ROOM: Final = 256
"""Bytes of a frame kept free for the member that says whether the answer is complete."""
_GATHERED: Final = 32 * 1024
"""Bytes gathered before they are counted: the engine writes 8 kB at a time, and counting has a price per piece."""
# Looked up before forking: a worker cannot open the library any more.
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


class Scribe(Protocol):
    """Makes changes in a process's own copy of the data, in a store that is written to."""

    known: int
    """The number of the last change that was made in the data."""

    def propose(self, store: ox.Store, asked: bytes) -> bytes:
        """Return what a write would change, and make that change in this copy, for the next write to see.

        Raises QueryError; then this copy is of no use any more.
        """

    def catch_up(self, store: ox.Store, change: bytes) -> None:
        """Make a change that was made elsewhere, unless it is known: its number (8 bytes), then what it is."""


def run(store: ox.Store, connection: socket.socket, memory_limit_mb: int, scribe: Scribe | None = None) -> None:
    """Answer requests on `connection` until it ends; never return: the process ends here."""
    status = 1
    try:
        own = _confine(connection, memory_limit_mb)
        size_at_start = _peak_kib()
        while (asked := frames.receive_parts(own)).kind:
            if asked.kind == frames.CATCH_UP and scribe is not None:
                scribe.catch_up(store, asked.payload)
                continue
            if asked.kind == frames.WRITE and scribe is not None:
                if _write(store, own, scribe, asked.payload, size_at_start + _GROWN_KIB):
                    continue
                break
            request = frames.read_request(asked.payload)
            signal.setitimer(signal.ITIMER_REAL, max(0.001, request.limits.time_s))
            _answer(store, own, request, size_at_start + _GROWN_KIB)
            if _peak_kib() > size_at_start + _GROWN_KIB:
                break
        status = 0
    except MemoryError:
        status = _NO_MEMORY
    except OSError:
        # Whoever asked has gone; there is nobody left to tell.
        status = 0
    finally:
        os._exit(status)


def _peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _confine(connection: socket.socket, memory_limit_mb: int) -> socket.socket:
    """Give up all that a query does not need."""
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
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
    """Takes what the serialiser writes, has it counted, and sends it in frames.

    The head goes out with the first full frame, or with the whole answer when that is shorter: most failures come
    before any promise was made. An answer that may have few rows only is held back until it is known whether there are
    more.
    """

    def __init__(self, connection: socket.socket, request: Request) -> None:
        self._connection = connection
        self._request = request
        self._rows = request.row_cap
        counted = request.kind == "bindings" and request.labels is None
        self._meter = meter_for(request.form.name, self._rows) if counted else None
        self._triples: LimitedTriples[ox.Triple] | LimitedTriples[ox.Quad] | None = None
        self._left_out = False
        self._hold = self._rows <= MOST_HELD
        self._most_bytes = request.limits.size_bytes
        self._says_complete = request.form.name == "json"
        self._uncounted = bytearray()
        self._waiting = bytearray()
        self._sent = 0
        self._begun = False

    def writable(self) -> bool:
        """Say that this is for writing, as the io protocol asks."""
        return True

    def write(self, data: object) -> int:
        """Take bytes; sends as many full frames as there are, waiting while nobody reads.

        Raises AnswerTooLarge when no more is wanted; the engine reports that as an error of its own.
        """
        piece = cast("bytes", data)
        self._uncounted += piece
        if len(self._uncounted) >= _GATHERED:
            self._count()
            if self.enough:
                raise AnswerTooLarge("No more is wanted.", "")
            if not self._hold:
                self._send_full_frames()
        return len(piece)

    def _count(self) -> None:
        written, self._uncounted = self._uncounted, bytearray()
        self._waiting += written if self._meter is None else self._meter.feed(bytes(written))

    def labelled(self, store: ox.Store, solutions: ox.QuerySolutions, request: Request) -> None:
        """Write solutions with labels; they are gathered first, so that it is known which columns hold IRIs."""
        language: Language = "en" if request.labels == "en" else "nl"
        rows = labelled_json(store, solutions, language, self._rows)
        self._left_out = not rows.complete
        rows.write(cast("IO[bytes]", self), getattr(ox.QueryResultsFormat, request.form.engine))

    def limited(self, triples: Iterator[One]) -> LimitedTriples[One]:
        """Return the triples or quads as far as they are wanted, to be written here."""
        limited = LimitedTriples(triples, self._rows)
        self._triples = limited
        return limited

    @property
    def complete(self) -> bool:
        """Whether no row or triple has been left out so far."""
        return not (
            self._left_out
            or (self._meter is not None and not self._meter.complete)
            or (self._triples is not None and not self._triples.complete)
        )

    @property
    def enough(self) -> bool:
        """Whether nothing more is wanted: all rows asked for are there, or more bytes than one answer may have."""
        cut = self._meter is not None and self._meter.full
        return cut or self._sent + len(self._waiting) > self._most_bytes

    def finish(self, grown_kib: int) -> None:
        """Send the rest and the end mark. Raises AnswerTooLarge when more was promised than may be given."""
        if not self._waiting and not self._sent and len(self._uncounted) <= self._rows:
            # Fewer bytes than there may be rows: nothing to count.
            self._waiting, self._meter = self._uncounted, None
        else:
            self._count()
        if self._sent + len(self._waiting) > self._most_bytes:
            raise _too_large(f"{self._most_bytes} bytes")
        if self._begun and not self.complete:
            raise _too_large(f"{self._rows} rows")
        if self._meter is not None:
            self._waiting += self._meter.finish()
        self._send_full_frames()
        # From here on nothing can take long, and the next query starts its own clock.
        signal.setitimer(signal.ITIMER_REAL, 0)
        flags = self._flags() | (frames.LEAVING if _peak_kib() > grown_kib else 0)
        if not self._begun:
            self._say_complete()
            frames.send(self._connection, frames.WHOLE, bytes([flags]) + bytes(self._waiting))
        else:
            frames.send(self._connection, frames.DATA, bytes(self._waiting))
            frames.send(self._connection, frames.END, bytes([flags]))

    def _send_full_frames(self) -> None:
        while len(self._waiting) > frames.MAX_DATA - _ROOM:
            if not self._begun:
                self._say_complete()
                frames.send(self._connection, frames.HEAD, bytes([self._flags()]))
                self._begun = True
            frames.send(self._connection, frames.DATA, bytes(self._waiting[: frames.MAX_DATA]))
            self._sent += len(self._waiting[: frames.MAX_DATA])
            del self._waiting[: frames.MAX_DATA]

    def _flags(self) -> int:
        return 0 if self.complete else frames.CUT

    def _say_complete(self) -> None:
        """Put the member `complete` first in a JSON answer, where every reader passes over what it does not know."""
        if self._says_complete and self._waiting[:1] == b"{":
            reason = "" if self.complete else f',"reason":"{self._request.reason_for_cut}"'
            self._waiting[:1] = f'{{"complete":{str(self.complete).lower()}{reason},'.encode()


def _too_large(most: str) -> AnswerTooLarge:
    return AnswerTooLarge(
        f"The answer has more than {most}, which is the most for one answer.",
        "Narrow the query, ask in parts with ORDER BY, LIMIT and OFFSET, or download the dataset.",
    )


def _answer(store: ox.Store, connection: socket.socket, request: Request, grown_kib: int) -> None:
    outlet = Outlet(connection, request)
    try:
        try:
            evaluate(ox.Store() if request.dry else store, _scanned(request), outlet)
        except (OSError, AnswerTooLarge):
            # The engine may turn what `write` raises into an error of its own.
            if not outlet.enough:
                raise
        outlet.finish(grown_kib)
        return
    except BrokenPipeError:
        raise
    except SyntaxError as error:
        failure: QueryError = explain(request.text, str(error))
    except MemoryError:
        failure = out_of_memory()
    except QueryError as error:
        failure = error
    except (RuntimeError, ValueError, OSError) as error:
        failure = _refused_by_engine(error)
    signal.setitimer(signal.ITIMER_REAL, 0)
    flags = frames.LEAVING if _peak_kib() > grown_kib else 0
    frames.send(connection, frames.FAILURE, bytes([flags]) + frames.failure_payload(failure))


def _write(store: ox.Store, connection: socket.socket, scribe: Scribe, payload: bytes, grown_kib: int) -> bool:
    """Send what a write would change, or why it cannot be; say whether this process is good for another one."""
    (time_s,) = struct.unpack_from("!d", payload)
    signal.setitimer(signal.ITIMER_REAL, max(0.001, time_s))
    try:
        proposed = scribe.propose(store, payload[8:])
    except MemoryError:
        failure: QueryError = out_of_memory()
    except QueryError as error:
        failure = error
    else:
        signal.setitimer(signal.ITIMER_REAL, 0)
        leaving = _peak_kib() > grown_kib
        frames.send_parts(connection, frames.PROPOSED, bytes([frames.LEAVING if leaving else 0]) + proposed)
        return not leaving
    signal.setitimer(signal.ITIMER_REAL, 0)
    frames.send(connection, frames.FAILURE, bytes([frames.LEAVING]) + frames.failure_payload(failure))
    return False


def _scanned(request: Request) -> Request:
    """Read a text that nobody has read yet; raises as `scan` does."""
    if request.bounds is None:
        return request
    seen = scan(request.text, Bounds(*request.bounds))
    functions = tuple(iri for iri in seen.functions if not is_known(iri))
    return replace(request, own_dataset=seen.own_dataset, prefixes=seen.prefixes, functions=functions)


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


def evaluate(store: ox.Store, request: Request, outlet: Outlet) -> None:
    """Run the query and write its answer.

    Without a dataset, the default graph is the union of all named graphs (or the store's own, where the release says
    so). With one, both sides are always passed: the engine leaves a side that is not passed fully visible. The union
    flag must not be set when the text has FROM: the engine would then look past the FROM.
    """
    given = request.dataset.given
    target = cast("IO[bytes]", outlet)
    if request.whole:
        ox.serialize(outlet.limited(iter(store)), target, getattr(ox.RdfFormat, request.form.engine))
        return
    results = store.query(
        request.text,
        base_iri=request.base_iri,
        prefixes=dict(PREFIXES) if request.declare_prefixes else None,
        use_default_graph_as_union=request.union_default_graph and not (request.own_dataset or given),
        default_graph=[ox.NamedNode(iri) for iri in request.dataset.default_graphs] if given else None,
        named_graphs=[ox.NamedNode(iri) for iri in request.dataset.named_graphs] if given else None,
        custom_functions={ox.NamedNode(iri): _no_value for iri in request.functions},
    )
    if isinstance(results, ox.QueryTriples):
        _expect(request, "graph")
        rdf_format: ox.RdfFormat = getattr(ox.RdfFormat, request.form.engine)
        ox.serialize(outlet.limited(results), target, rdf_format, prefixes=dict(request.prefixes) or None)
        return
    results_format: ox.QueryResultsFormat = getattr(ox.QueryResultsFormat, request.form.engine)
    if isinstance(results, ox.QueryBoolean):
        _expect(request, "boolean")
        results.serialize(target, results_format)
        return
    _expect(request, "bindings")
    if request.labels is None:
        results.serialize(target, results_format)
    else:
        outlet.labelled(store, results, request)


def _no_value(*_: object) -> None:
    """Answer for a function that nobody knows: an error, as a value (SPARQL 1.1 Query, section 17.6)."""


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
    if number in (signal.SIGABRT, signal.SIGKILL) or status == _NO_MEMORY:
        return out_of_memory()
    if number in (signal.SIGSEGV, signal.SIGBUS):
        return QueryTooComplex(
            "The query is too complex for the engine, which gave up.",
            "Nest less deep, and write long lists of alternatives as VALUES.",
        )
    return QueryFailed(f"The engine stopped unexpectedly (status {status}).", "Please report the query.")
