"""`/history/12/dataset`: what users had written after write 12.

The state of then is worked out by a process of its own (`writing.past`), however long the journal is; this one only
passes it on.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final, cast

from flask import Blueprint, Response, request

from tradegraph.errors import QueryFailed, QueryTimeout, StoreBusy
from tradegraph.media_types import Format, choose, format_named
from tradegraph.web import encoding
from tradegraph.web.frame import check_parameters
from tradegraph.web.parameters import is_iri
from tradegraph.web.problems import RequestError
from tradegraph.web.writing.desk import Desk
from tradegraph.web.writing.gate import HISTORY
from tradegraph.writing.past import NO_GRAPH, OF_ALL, OF_ONE

_AT_A_TIME: Final = 2
_PATIENCE_S: Final = 2.0
_PIECE: Final = 64 * 1024
_FIELDS: Final = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Encoding, Authorization"}


def blueprint(desk: Desk) -> Blueprint:
    """Return the route; the gate lets in only who may."""
    routes = Blueprint("history_dataset", __name__)
    places = threading.BoundedSemaphore(_AT_A_TIME)

    @routes.get(f"{HISTORY}/<int:number>/dataset")
    def dataset(number: int) -> Response:
        check_parameters(request.args, ("graph", "default", "format"))
        graph = _graph()
        form = _form(OF_ALL if graph is None else OF_ONE)
        if not 1 <= number <= desk.writer.number:
            raise RequestError(404, f"There is no write {number}.", f"The last one is {desk.writer.number}.")
        named = () if graph is None else (graph,)
        past = Past((str(desk.writer.folder.root), str(number), form.name, *named), places)
        past.begin(float(desk.endpoint.settings.query_time_limit_s))
        if past.none:
            raise RequestError(404, f"There was no graph {graph} after write {number}.", f"See {HISTORY}?graph=…")
        return _response(past, form)

    return routes


@dataclass
class Past:
    """A process that tells a state, given the `arguments` of `writing.past`, at one of the `places` for such.

    `none` says, once begun, that there was no such graph. Close it at the end.
    """

    arguments: tuple[str, ...]
    places: threading.BoundedSemaphore
    none: bool = False
    _first: bytes = b""
    _late: threading.Event = field(default_factory=threading.Event)
    _closing: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def begin(self, most_s: float) -> None:
        """Start the process, and return when it has something to say, or nothing at all.

        After `most_s`, it is stopped. Raises StoreBusy, QueryTimeout, or QueryFailed when the state cannot be told.
        """
        if not self.places.acquire(timeout=_PATIENCE_S):
            raise StoreBusy(f"{_AT_A_TIME} states of the past are being told, which is the most.", "Ask again later.")
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "tradegraph.writing.past", *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
            )
        except BaseException:
            self.places.release()
            raise
        self._clock = threading.Timer(most_s, self._stop)
        self._clock.daemon = True
        self._clock.start()
        try:
            self._first = self._read()
        except BaseException:
            self.close()
            raise
        if self.none:
            self.close()

    def chunks(self) -> Iterator[bytes]:
        """Yield the state; raises what `begin` does when it breaks off."""
        try:
            piece = self._first
            while piece:
                yield piece
                piece = self._read()
        finally:
            self.close()

    def close(self) -> None:
        """Stop the process and give its place back; as often as one likes, from any thread."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
        self._clock.cancel()
        self._process.kill()
        self._process.wait()
        self._output.close()
        self.places.release()

    @property
    def _output(self) -> IO[bytes]:
        return cast("IO[bytes]", self._process.stdout)

    def _stop(self) -> None:
        self._late.set()
        self._process.kill()

    def _read(self) -> bytes:
        """Return the next piece; empty at the end, if it is a good one."""
        piece = self._output.read(_PIECE)
        if len(piece) == _PIECE:
            return piece
        # That was the last piece, if all is well.
        status = self._process.wait()
        if self._late.is_set():
            raise QueryTimeout("It took too long to tell the state of then.", "Use tradegraph history --at.")
        if status not in (0, NO_GRAPH):
            raise QueryFailed("The state of then cannot be told.", "See the log of the server.")
        self.none = status == NO_GRAPH
        return piece


def _graph() -> str | None:
    """Return which graph is wanted: an IRI, empty for the default graph, None for all. RequestError 400."""
    given, default = request.args.get("graph"), request.args.get("default")
    if default:
        raise RequestError(400, "default has a value.", "Write ?default, or ?graph=IRI.")
    if given is not None and default is not None:
        raise RequestError(400, "The request names more than one graph.", "Name one: ?graph=IRI or ?default.")
    if default is not None:
        return ""
    if given is not None and not is_iri(given):
        raise RequestError(400, f"“{given}” is not an absolute IRI.", "Give the graph as an absolute IRI.")
    return given


def _form(offered: tuple[Format, ...]) -> Format:
    name = request.args.get("format")
    form = choose(request.headers.get("Accept"), offered) if name is None else format_named(name)
    if form is None or form not in offered:
        listed = ", ".join(f"{one.media_type} (format={one.name})" for one in offered)
        raise RequestError(406 if name is None else 400, "It cannot be had in the form asked for.", f"Ask: {listed}.")
    return form


def _response(past: Past, form: Format) -> Response:
    fields = {**_FIELDS, "Content-Type": form.content_type}
    if request.method == "HEAD":
        past.close()
        return Response(headers=fields)
    chunks, coding = past.chunks(), encoding.choose(request.headers.get("Accept-Encoding"))
    if coding is not None:
        fields["Content-Encoding"] = coding
        chunks = encoding.encode_stream(chunks, coding)
    response = Response(chunks, headers=fields)
    response.call_on_close(past.close)
    return response
