"""The language between a store and its workers: frames over a Unix socket of type SOCK_SEQPACKET.

A packet socket keeps the borders of messages, so a worker that is killed in the middle of writing can never leave half
a frame behind: what the other side reads next is either a whole frame or the end. The first byte says what it is.
"""

import json
import socket
from dataclasses import asdict, dataclass
from typing import Final

from tradegraph.errors import (
    QueryError,
    QueryFailed,
    QueryOutOfMemory,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    StoreBusy,
    StoreUnavailable,
)
from tradegraph.media_types import format_named
from tradegraph.store.interface import Dataset, Limits, Request

MAX_DATA: Final = 64 * 1024
"""Most bytes of payload in one frame; well under the kernel's default limit for one packet (about 200 kB)."""

READY: Final = "ready"
"""The one line that the keeper prints when it can be asked."""

PART: Final = b"P"
"""store → worker: a part of the request, which is one JSON object."""
GO: Final = b"G"
"""store → worker: the request is complete."""
HEAD: Final = b"H"
"""worker → store: the query is sound and its answer begins."""
DATA: Final = b"D"
END: Final = b"E"
"""worker → store: the answer is complete. Without it, it is not."""
FAILURE: Final = b"F"
"""worker or keeper → store: no (further) answer, and why; the last frame."""

_ERRORS: Final[dict[str, type[QueryError]]] = {
    error.__name__: error
    for error in (
        QueryFailed,
        QueryOutOfMemory,
        QueryRefused,
        QuerySyntaxError,
        QueryTimeout,
        QueryTooComplex,
        StoreBusy,
        StoreUnavailable,
    )
}


@dataclass(frozen=True)
class Frame:
    """A frame as received; `kind` is empty when the other side is gone."""

    kind: bytes
    payload: bytes


def receive(connection: socket.socket) -> Frame:
    """Read one frame."""
    packet = connection.recv(MAX_DATA + 1)
    return Frame(packet[:1], packet[1:])


def send(connection: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    """Write one frame, waiting while the other side does not read."""
    connection.sendall(kind + payload)


def send_request(connection: socket.socket, request: Request) -> None:
    """Write a request in as many frames as it takes."""
    body = asdict(request)
    body["form"] = request.form.name
    encoded = json.dumps(body).encode()
    for start in range(0, len(encoded), MAX_DATA):
        send(connection, PART, encoded[start : start + MAX_DATA])
    send(connection, GO)


def receive_request(connection: socket.socket) -> Request | None:
    """Read a request; None when the other side left before it was complete."""
    parts = []
    while (frame := receive(connection)).kind == PART:
        parts.append(frame.payload)
    if frame.kind != GO:
        return None
    body = json.loads(b"".join(parts))
    form = format_named(body["form"])
    if form is None:
        raise KeyError(body["form"])
    return Request(
        text=body["text"],
        kind=body["kind"],
        form=form,
        dataset=Dataset(tuple(body["dataset"]["default_graphs"]), tuple(body["dataset"]["named_graphs"])),
        limits=Limits(body["limits"]["time_s"]),
        base_iri=body["base_iri"],
        own_dataset=body["own_dataset"],
        prefixes=tuple((prefix, iri) for prefix, iri in body["prefixes"]),
    )


def failure_payload(error: QueryError) -> bytes:
    """Write an error down, whole."""
    facts = {"detail": error.detail[:2000], "remedy": error.remedy, "line": error.line, "column": error.column}
    return json.dumps({"error": type(error).__name__, **facts}).encode()


def failure(payload: bytes) -> QueryError:
    """Read an error back as the class that it was."""
    facts = json.loads(payload)
    return _ERRORS[facts.pop("error")](**facts)
