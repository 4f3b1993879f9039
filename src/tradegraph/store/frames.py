"""The language between a store and its workers: frames over a Unix socket of type SOCK_SEQPACKET.

A packet socket keeps the borders of messages, so a worker that is killed in the middle of writing can never leave half
a frame behind: what the other side reads next is either a whole frame or the end. The first byte says what it is.
"""

import json
import socket
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from tradegraph.errors import (
    AnswerTooLarge,
    QueryError,
    QueryFailed,
    QueryOutOfMemory,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    StoreBusy,
    StoreUnavailable,
    WriteConflict,
    WriteRefused,
)
from tradegraph.media_types import format_named
from tradegraph.store.interface import Dataset, Limits, Request

MAX_DATA: Final = 64 * 1024
"""Most bytes of payload in one frame; well under the kernel's default limit for one packet (about 200 kB)."""

# What store and worker say to each other.
PART: Final = b"P"
"""store → worker: a part of the request, which is one JSON object."""
GO: Final = b"G"
"""store → worker: the last part of the request."""
WRITE: Final = b"W"
"""store → worker: the last part of a write, which is bytes: seconds it may take (a double), then what to do."""
PROPOSED: Final = b"O"
"""worker → store: the last part of what a write would change: a byte of flags, then what it is."""
CATCH_UP: Final = b"C"
"""store → worker, keeper: the last part of a change that was made, to be made here too."""
WHOLE: Final = b"A"
"""worker → store: a whole answer in one frame: a byte of flags, then the body."""
HEAD: Final = b"H"
"""worker → store: the query is sound and its answer begins; a byte of flags."""
DATA: Final = b"D"
END: Final = b"E"
"""worker → store: the answer is complete; a byte of flags. Without it, it is not."""
FAILURE: Final = b"F"
"""worker → store: no (further) answer, and why; a byte of flags, then the error."""

CUT: Final = 1
"""Flag: the answer holds the first rows only, as many as were asked for; there are more."""
LEAVING: Final = 2
"""Flag: this worker has grown and ends now; ask for another."""

# What store and keeper say to each other.
READY: Final = b"R"
"""keeper → store: the data are loaded, up to the change of this number."""
SPAWN: Final = b"S"
"""store → keeper: fork a worker."""
BORN: Final = b"B"
"""keeper → store: its process number, and the number of the last change in the data that it was born with; the
connection to it comes along as a file descriptor."""
UNBORN: Final = b"U"
"""keeper → store: the system refused to fork."""
KILL: Final = b"K"
"""store → keeper: the process number of a worker to kill."""
DIED: Final = b"X"
"""keeper → store: process number and exit status (negative: the signal) of a worker."""

_ERRORS: Final[dict[str, type[QueryError]]] = {
    error.__name__: error
    for error in (
        AnswerTooLarge,
        QueryFailed,
        QueryOutOfMemory,
        QueryRefused,
        QuerySyntaxError,
        QueryTimeout,
        QueryTooComplex,
        StoreBusy,
        StoreUnavailable,
        WriteConflict,
        WriteRefused,
    )
}

_NESTED: Final = ("dataset", "limits", "prefixes", "functions")
_PLAIN: Final = tuple(field.name for field in fields(Request) if field.name not in ("form", *_NESTED))
# Made once: a query is a matter of microseconds.
_plain: Final = attrgetter(*_PLAIN)
_encode: Final = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Frame:
    """A frame as received; `kind` is empty when the other side is gone."""

    kind: bytes
    payload: bytes


def receive(connection: socket.socket) -> Frame:
    """Read one frame."""
    return read(connection.recv(MAX_DATA + 2))


def read(packet: bytes) -> Frame:
    """Take a packet apart."""
    return Frame(packet[:1], packet[1:])


def send(connection: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    """Write one frame, waiting while the other side does not read."""
    connection.sendall(kind + payload)


def send_request(connection: socket.socket, request: Request) -> None:
    """Write a request in as many frames as it takes."""
    dataset, limits = request.dataset, request.limits
    nested = (
        request.form.name,
        (dataset.default_graphs, dataset.named_graphs),
        (limits.time_s, limits.rows, limits.size_bytes),
        request.prefixes,
        request.functions,
    )
    send_parts(connection, GO, _encode((_plain(request), nested)).encode())


def send_parts(connection: socket.socket, last: bytes, payload: bytes) -> None:
    """Write a payload in as many frames as it takes, the last one of kind `last`."""
    for start in range(0, len(payload) - MAX_DATA, MAX_DATA):
        send(connection, PART, payload[start : start + MAX_DATA])
    send(connection, last, payload[max(0, len(payload) - 1) // MAX_DATA * MAX_DATA :])


def receive_parts(connection: socket.socket) -> Frame:
    """Read a payload with the kind of its last frame, which is empty when the other side left before that."""
    parts = []
    while (frame := receive(connection)).kind == PART:
        parts.append(frame.payload)
    return Frame(frame.kind, b"".join([*parts, frame.payload])) if parts else frame


def read_request(payload: bytes) -> Request:
    """Read a request."""
    members, (form_name, dataset, limits, prefixes, functions) = json.loads(payload)
    form = format_named(form_name)
    if form is None:
        raise KeyError(form_name)
    return Request(
        form=form,
        dataset=Dataset(*map(tuple, dataset)),
        limits=Limits(*limits),
        prefixes=tuple((prefix, iri) for prefix, iri in prefixes),
        functions=tuple(functions),
        **dict(zip(_PLAIN, members, strict=True)),
    )


def failure_payload(error: QueryError) -> bytes:
    """Write an error down, whole."""
    facts = {"detail": error.detail[:2000], "remedy": error.remedy, "line": error.line, "column": error.column}
    return json.dumps({"error": type(error).__name__, **facts}).encode()


def failure(payload: bytes) -> QueryError:
    """Read an error back as the class that it was."""
    facts = json.loads(payload)
    return _ERRORS[facts.pop("error")](**facts)
