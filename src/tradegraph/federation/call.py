"""Calling an endpoint: one POST (SPARQL 1.1 Protocol, section 2.1.2), within a time and a size.

The name is resolved once, all its addresses are checked, and the connection goes to one of those checked: a name that
leads elsewhere the next moment changes nothing. The certificate is still that of the name. No redirect is followed, no
proxy of the environment is used, and nothing is decompressed.
"""

import http.client
import io
import socket
import ssl
import time
import urllib.parse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Protocol, cast

from tradegraph.errors import AnswerTooLarge, QueryError, QueryFailed, QueryTimeout, StoreUnavailable
from tradegraph.federation.addresses import Endpoint, is_allowed_address, look_up, read_endpoint
from tradegraph.namespaces import BASE

ACCEPT: Final = "application/sparql-results+json"
_READ_AS: Final = frozenset({ACCEPT, "application/json"})
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
class Call:
    """What to ask: the `query` of the service at `endpoint`, by when, and how many bytes the answer may have."""

    endpoint: str
    query: str
    deadline: Deadline
    max_bytes: int


class Fetcher(Protocol):
    """What can ask an endpoint."""

    def __call__(self, call: Call) -> bytes:
        """Return SPARQL results in JSON as sent; QueryError (not QueryRefused) when the endpoint does not give them."""
        ...


def connect(address: str, port: int, time_s: float) -> socket.socket:
    """Open a connection to an IP address."""
    return socket.create_connection((address, port), timeout=time_s)


@cache
def _public_certificates() -> ssl.SSLContext:
    """Certificates that the system trusts, for the name asked for; made once, as reading them takes a while."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Caller:
    """A Fetcher over HTTP. The parts that meet the network may be given, for a test or for a network of its own.

    `lookup` gives the addresses of a host, `is_allowed` checks each, `connect` opens a connection to an IP address, and
    `context` says which certificates are trusted (None: those of the system).
    """

    lookup: Callable[[str, int, float], Sequence[str]] = look_up
    is_allowed: Callable[[str], bool] = is_allowed_address
    connect: Callable[[str, int, float], socket.socket] = connect
    context: ssl.SSLContext | None = None

    def __call__(self, call: Call) -> bytes:
        """Ask; QueryTimeout, AnswerTooLarge, StoreUnavailable or QueryFailed when there is no answer to be had."""
        endpoint = read_endpoint(call.endpoint)
        if endpoint is None:
            raise _unavailable(call, "is not the address of an endpoint")
        try:
            wire = self._open(endpoint, call)
            try:
                return _ask(wire, endpoint, call)
            finally:
                wire.hang_up()
        except TimeoutError as error:
            raise QueryTimeout(
                f"<{call.endpoint}> did not answer in time.", "Ask it for less, or ask again later."
            ) from error
        except ssl.SSLError as error:
            raise _unavailable(call, "cannot prove who it is, or does not speak TLS as it should") from error
        except (OSError, http.client.HTTPException) as error:
            raise _unavailable(call, "cannot be reached, or broke its answer off") from error

    def _open(self, endpoint: Endpoint, call: Call) -> "_Wire":
        addresses = list(self.lookup(endpoint.host, endpoint.port, call.deadline.left_s()))
        # One wrong address is enough: a name that leads inside as well as outside is not to be trusted at all.
        if not all(self.is_allowed(address) for address in addresses):
            raise _unavailable(call, "leads to an address that is not on the public internet")
        failure: OSError | None = None
        while addresses:
            try:
                # A share of the time for each, so that one that never answers leaves some for the next.
                opened = self.connect(addresses[0], endpoint.port, call.deadline.left_s() / len(addresses))
                break
            except OSError as error:
                failure = error
                del addresses[0]
        else:
            raise failure or _unavailable(call, "has no address")
        if not endpoint.secure:
            return _Wire(opened, call.deadline)
        try:
            opened.settimeout(call.deadline.left_s())
            context = self.context or _public_certificates()
            return _Wire(context.wrap_socket(opened, server_hostname=endpoint.host), call.deadline)
        except OSError:
            opened.close()
            raise


def _ask(wire: "_Wire", endpoint: Endpoint, call: Call) -> bytes:
    """Send the query and read the answer; TimeoutError, OSError, HTTPException or one of our errors."""
    connection = http.client.HTTPConnection(endpoint.host, endpoint.port)
    connection.sock = cast(socket.socket, wire)
    body = urllib.parse.urlencode({"query": call.query}).encode("ascii")
    connection.putrequest("POST", endpoint.target, skip_host=True, skip_accept_encoding=True)
    for name, value in (
        ("Host", endpoint.authority),
        ("User-Agent", _USER_AGENT),
        ("Accept", ACCEPT),
        # A small body can become a very large one when it is unpacked.
        ("Accept-Encoding", "identity"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    ):
        connection.putheader(name, value)
    connection.endheaders(body)
    with connection.getresponse() as response:
        _check(response, call)
        answer = bytearray()
        while chunk := response.read(min(_CHUNK, call.max_bytes + 1 - len(answer))):
            answer += chunk
            if len(answer) > call.max_bytes:
                raise AnswerTooLarge(
                    f"The answer of <{call.endpoint}> has more than {call.max_bytes:,} bytes.",
                    "Ask it for fewer rows or columns, in a sub-select.",
                )
        return bytes(answer)


def _check(response: http.client.HTTPResponse, call: Call) -> None:
    """Check all that stands before the body."""
    if 300 <= response.status < 400:
        raise _unavailable(call, "sends on to another address, which is not followed; it may have moved")
    if response.status in (408, 429) or response.status >= 500:
        raise _unavailable(call, f"answered with status {response.status}")
    if response.status != 200:
        raise QueryFailed(
            f"<{call.endpoint}> answered with status {response.status}.",
            "Ask it the block itself, as SELECT * WHERE { … }, to see why.",
        )
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("identity", ""):
        raise QueryFailed(f"<{call.endpoint}> sent a compressed answer, unasked.", "Tell the operator.")
    if response.headers.get_content_type() not in _READ_AS:
        raise QueryFailed(
            f"<{call.endpoint}> did not answer with SPARQL results in JSON.",
            "Ask it for less: some endpoints send a page when a query is too heavy. Else it cannot be used here.",
        )


def _unavailable(call: Call, what: str) -> QueryError:
    return StoreUnavailable(f"<{call.endpoint}> {what}.", "Ask again later; SERVICE SILENT goes on without its answer.")


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
