"""Going to another server: one request, to an address that was checked, within a time and a size.

The name is resolved once, all its addresses are checked, and the connection goes to one of those checked: a name that
leads elsewhere the next moment changes nothing. The certificate is still that of the name. No redirect is followed, no
proxy of the environment is used, and nothing is decompressed.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, cast

from tradegraph.errors import AnswerTooLarge, QueryError, QueryFailed, QueryTimeout, StoreUnavailable
from tradegraph.federation.addresses import Location, is_allowed_address, look_up, read_location
from tradegraph.namespaces import BASE

_USER_AGENT: Final = f"tradegraph (+{BASE})"
_CHUNK: Final = 64 * 1024


@dataclass(frozen=True)
class Deadline:
    """A moment on the monotonic clock, in seconds."""

    at_s: float

    @classmethod
    def after(cls, time_s: float) -> "Deadline":
        """Return the moment that lies `time_s` seconds ahead."""
        return cls(time.monotonic() + time_s)

    def left_s(self) -> float:
        """Return the seconds left; TimeoutError when there are none."""
        left = self.at_s - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True)
class Outgoing:
    """A request: where it goes, what it says (`fields` beside those of every request), and by when it must be over.

    A `body` is sent with its length. `if_late`, `if_down` and `if_refused` tell people what to do when the answer does
    not come in time, when the other side does not work, and when it will not answer this.
    """

    method: Literal["GET", "POST"]
    url: str
    fields: tuple[tuple[str, str], ...]
    deadline: Deadline
    if_late: str
    if_down: str
    if_refused: str
    body: bytes = b""

    def unavailable(self, what: str) -> QueryError:
        """Return the error that says what is the matter with the other side."""
        return StoreUnavailable(f"<{self.url}> {what}.", self.if_down)


def connect(address: str, port: int, time_s: float) -> socket.socket:
    """Open a connection to an IP address."""
    return socket.create_connection((address, port), timeout=time_s)


@cache
def _public_certificates() -> ssl.SSLContext:
    """Certificates that the system trusts, for the name asked for; made once, as reading them takes a while."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Network:
    """What is between here and other servers. Its parts may be given, for a test or for a network of its own.

    `lookup` gives the addresses of a host, `is_allowed` checks each, `connect` opens a connection to an IP address, and
    `context` says which certificates are trusted (None: those of the system).
    """

    lookup: Callable[[str, int, float], Sequence[str]] = look_up
    is_allowed: Callable[[str], bool] = is_allowed_address
    connect: Callable[[str, int, float], socket.socket] = connect
    context: ssl.SSLContext | None = None

    @contextmanager
    def sent(self, request: Outgoing) -> Iterator[http.client.HTTPResponse]:
        """Send a request; the answer, with status 200 and not compressed, can be read inside of the `with`.

        Raises QueryTimeout, StoreUnavailable or QueryFailed, also for what goes wrong while it is read.
        """
        location = read_location(request.url)
        if location is None:
            raise request.unavailable("is not the address of a server")
        try:
            wire = self._open(location, request)
            try:
                with _exchanged(wire, location, request) as response:
                    _check(response, request)
                    yield response
            finally:
                wire.hang_up()
        except TimeoutError as error:
            raise QueryTimeout(f"<{request.url}> did not answer in time.", request.if_late) from error
        except ssl.SSLError as error:
            raise request.unavailable("cannot prove who it is, or does not speak TLS as it should") from error
        except (OSError, http.client.HTTPException) as error:
            raise request.unavailable("cannot be reached, or broke its answer off") from error

    def _open(self, location: Location, request: Outgoing) -> "_Wire":
        deadline = request.deadline
        addresses = list(self.lookup(location.host, location.port, deadline.left_s()))
        # One wrong address is enough: a name that leads inside as well as outside is not to be trusted at all.
        if not all(self.is_allowed(address) for address in addresses):
            raise request.unavailable("leads to an address that is not on the public internet")
        failure: OSError | None = None
        while addresses:
            try:
                # A share of the time for each, so that one that never answers leaves some for the next.
                opened = self.connect(addresses[0], location.port, deadline.left_s() / len(addresses))
                break
            except OSError as error:
                failure = error
                del addresses[0]
        else:
            raise failure or request.unavailable("has no address")
        if not location.secure:
            return _Wire(opened, deadline)
        try:
            opened.settimeout(deadline.left_s())
            context = self.context or _public_certificates()
            return _Wire(context.wrap_socket(opened, server_hostname=location.host), deadline)
        except OSError:
            opened.close()
            raise


def body_of(response: http.client.HTTPResponse, max_bytes: int, too_large: AnswerTooLarge) -> bytes:
    """Return the body, which must be whole where its length was said; raises `too_large` past `max_bytes`."""
    if response.length is not None and response.length > max_bytes:
        raise too_large
    body = bytearray()
    while chunk := response.read(min(_CHUNK, max_bytes + 1 - len(body))):
        body += chunk
        if len(body) > max_bytes:
            raise too_large
    if response.length:
        # Told by nobody else when it is read in pieces.
        raise http.client.IncompleteRead(b"", response.length)
    return bytes(body)


def _exchanged(wire: "_Wire", location: Location, request: Outgoing) -> http.client.HTTPResponse:
    """Send the request and read what stands before the body of the answer; TimeoutError, OSError or HTTPException."""
    connection = http.client.HTTPConnection(location.host, location.port)
    connection.sock = cast(socket.socket, wire)
    connection.putrequest(request.method, location.target, skip_host=True, skip_accept_encoding=True)
    length = (("Content-Length", str(len(request.body))),) if request.body else ()
    for name, value in (
        ("Host", location.authority),
        ("User-Agent", _USER_AGENT),
        # A small body can become a very large one when it is unpacked.
        ("Accept-Encoding", "identity"),
        *request.fields,
        *length,
        ("Connection", "close"),
    ):
        connection.putheader(name, value)
    connection.endheaders(request.body or None)
    return connection.getresponse()


def _check(response: http.client.HTTPResponse, request: Outgoing) -> None:
    """Check the status and the coding of an answer."""
    if 300 <= response.status < 400:
        raise request.unavailable("sends on to another address, which is not followed; it may have moved")
    if response.status in (408, 429) or response.status >= 500:
        raise request.unavailable(f"answered with status {response.status}")
    if response.status != 200:
        raise QueryFailed(f"<{request.url}> answered with status {response.status}.", request.if_refused)
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("identity", ""):
        raise QueryFailed(f"<{request.url}> sent a compressed answer, unasked.", "Tell the operator.")


class _Wire:
    """What `http.client` needs of a socket, with one deadline for everything instead of a time-out for each step."""

    def __init__(self, opened: socket.socket, deadline: Deadline) -> None:
        self.opened = opened
        self.deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send `data`; TimeoutError at the deadline."""
        rest = memoryview(data)
        while rest:
            self.opened.settimeout(self.deadline.left_s())
            rest = rest[self.opened.send(rest) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what comes in, as a stream; TimeoutError at the deadline."""
        return io.BufferedReader(_Incoming(self))

    def close(self) -> None:
        """Do nothing: `http.client` lets go of a connection before it has read the body."""

    def hang_up(self) -> None:
        """Close the connection."""
        self.opened.close()


class _Incoming(io.RawIOBase):
    def __init__(self, wire: _Wire) -> None:
        self.wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.wire.opened.settimeout(self.wire.deadline.left_s())
        return self.wire.opened.recv_into(buffer)
