"""The WSGI application on an ASGI server, without losing what matters when an answer does not end well.

Why a bridge at all: granian's own WSGI interface ends a stream *cleanly* when its iterator raises, so that a client
takes half an answer for a whole one, and it cannot tell a running request that its client has hung up. Its ASGI
interface does both. What that lacks is back-pressure (it takes any amount of data for a client that does not read):
`Outflow` adds it. Requests whose answer is in the cache are answered here, without a thread and without the
application.
"""

import asyncio
import contextlib
import fcntl
import io
import os
import socket
import struct
import sys
import termios
import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tradegraph.web.bodies import (
    MOST_BODIES,
    NO_TURN,
    WAIT_FOR_TURN_S,
    WINDOW_S,
    Message,
    Receive,
    TurnedAway,
    read_body,
)
from tradegraph.web.cache import Cache, Key, Stored
from tradegraph.web.incoming import Incoming
from tradegraph.web.lane import Lane, Passed
from tradegraph.web.sparql import ABANDONED, BEGUN, UNREAD
from tradegraph.web.waiting import SHARE, Room, Share, Turns

Send = Callable[[Message], Awaitable[None]]
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_MOST_UNSENT: Final = 512 * 1024
_MOST_WHOLE: Final = 1_000_000
"""Bytes of an answer, of which the length was announced, that are collected before any is sent."""
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.001, 0.05
_WRITES_AT_A_TIME: Final = 8


@dataclass(frozen=True)
class Admission:
    """How a request is let in: `most` bytes of its body are read, one more where it is longer.

    With `early`, nothing is read of a body that is longer by its own account. `quick`: cache and lane may answer.
    """

    most: int
    quick: bool = True
    early: bool = False


Admit = Callable[[str, str, Mapping[str, str]], Admission]
"""From method, path and header fields (by lower-case name) to how a request is let in, before its body is read."""


class TransferBroken(RuntimeError):
    """An answer broke off after its status was sent; raised to the server, which closes the connection in mid-body."""


class Outflow:
    """Waits until the kernel holds little that this client has yet to take.

    The server does not say how much it has in store for a client, but writes to the socket as soon as it can: as long
    as the socket's own queue is short, the server's is empty.
    """

    def __init__(self, client: tuple[str, int] | None) -> None:
        self._socket = None if client is None else _socket_to(str(client[0]), int(client[1]))

    async def drain(self, gone: threading.Event) -> None:
        """Return when more may be sent, or the client has gone."""
        if self._socket is None:
            return
        # Let the server's own thread take what it was given, so that the queue shows it.
        wait = _FIRST_WAIT_S
        await asyncio.sleep(0)
        while not gone.is_set() and self._unsent() > _MOST_UNSENT:
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT_S, wait * 2)

    def _unsent(self) -> int:
        if self._socket is None:
            return 0
        queued: int = struct.unpack("i", fcntl.ioctl(self._socket, termios.TIOCOUTQ, bytes(4)))[0]
        return queued

    def close(self) -> None:
        """Let go of the socket."""
        if self._socket is not None:
            self._socket.close()


def _socket_to(host: str, port: int) -> socket.socket | None:
    """Return a copy of this process's socket to a peer; None when it has none (any more)."""
    for entry in Path("/proc/self/fd").iterdir():
        try:
            if not str(entry.readlink()).startswith("socket:"):
                continue
            copy = socket.socket(fileno=os.dup(int(entry.name)))
        except OSError:
            # Closed in the meantime, by another thread.
            continue
        try:
            if copy.getpeername()[:2] == (host, port):
                return copy
        except (OSError, TypeError):
            pass
        copy.close()
    return None


@dataclass(frozen=True)
class Begun:
    """What the application decided: the head and, when it is short, the whole `body`, else the chunks to come."""

    response: Stored
    chunks: Iterator[bytes] | None
    close: Callable[[], None]


class Bridge:
    """An ASGI application around a WSGI one; `threads` requests are worked on at a time, the others wait.

    At most `max_body` bytes of a body are read, or what `admit` says; some of it must come every `window_s` seconds.
    """

    def __init__(
        self,
        application: WsgiApp,
        threads: int,
        max_body: int,
        cache: Cache,
        lane: Lane,
        admit: Admit | None = None,
        window_s: float = WINDOW_S,
    ) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")
        # Writes wait for each other: if they did so in the threads of all requests, nobody could read meanwhile.
        self._writing = ThreadPoolExecutor(_WRITES_AT_A_TIME, thread_name_prefix="write")
        self._turns = Turns(_WRITES_AT_A_TIME)
        self._room = Room(MOST_BODIES)
        self._window_s = window_s
        self._admit = admit or (lambda method, path, fields: Admission(max_body))
        self._cache = cache
        self._lane = lane

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request; other scopes (lifespan, websocket) are not for us."""
        if scope["type"] != "http":
            return
        fields = _fields(scope)
        admission = self._admit(scope["method"], scope["path"], fields)
        # What is too long by its own account, or not wanted, is not even begun with.
        too_long = admission.early and int(_announced(fields) or 0) > admission.most
        unread = not admission.most or too_long
        share = Share(self._room)
        try:
            body = b"" if unread else await read_body(receive, admission.most, share, self._window_s)
            if body is not None:
                await self._answer(
                    scope, _incoming(scope, fields, body), receive, send, admission, share, unread=unread
                )
        except TurnedAway as error:
            await _send_whole(send, error.answer)
        finally:
            share.close()

    async def _answer(
        self,
        scope: Message,
        incoming: Incoming,
        receive: Receive,
        send: Send,
        admission: Admission,
        share: Share,
        *,
        unread: bool,
    ) -> None:
        fields = incoming.fields
        # A large body would be copied for it; and what changes something is never answered from the cache.
        key = _key(scope, incoming) if admission.quick else None
        era = self._cache.era
        kept = None if key is None else self._cache.get(key, fields.get("if-none-match"))
        if kept is not None:
            await _send_whole(send, kept)
            return
        gone = threading.Event()
        found = await self._lane.answer(scope["path"], incoming) if admission.quick else Passed()
        if isinstance(found, Stored):
            self._keep(key, found, era)
            await _send_whole(send, found)
            return
        environ = environment(scope, incoming, gone)
        environ[UNREAD] = unread
        environ[SHARE] = share
        if found.prepared is not None:
            environ[BEGUN] = found
        listening = asyncio.ensure_future(_listen(receive, gone) if not unread else asyncio.sleep(0))
        loop = asyncio.get_running_loop()
        try:
            if admission.early and not unread:
                begun = await self._in_turn(fields.get("authorization", ""), environ, gone)
            else:
                begun = await loop.run_in_executor(self._pool, self._begin, environ)
            if begun.chunks is None:
                self._keep(key, begun.response, era)
                await _send_whole(send, begun.response)
                return
            try:
                await _send_start(send, begun.response)
                body = await self._send_chunks(scope, begun.chunks, send, gone)
                if body is not None:
                    self._keep(key, Stored(begun.response.status, begun.response.headers, body), era)
            finally:
                await loop.run_in_executor(self._pool, begun.close)
        finally:
            listening.cancel()

    async def _in_turn(self, holder: str, environ: dict[str, Any], gone: threading.Event) -> Begun:
        """Make a write when it is the turn of who sends it; raises TurnedAway when that takes too long."""
        turn = await self._turns.take(holder, WAIT_FOR_TURN_S)
        if turn is None:
            raise TurnedAway(NO_TURN)
        took_s: float | None = None
        try:
            if gone.is_set():
                # Nobody waits for it any more, and nothing was promised.
                raise TurnedAway(NO_TURN)
            began = time.monotonic()
            try:
                return await asyncio.get_running_loop().run_in_executor(self._writing, self._begin, environ)
            finally:
                took_s = time.monotonic() - began
        finally:
            self._turns.leave(turn, took_s)

    def _keep(self, key: Key | None, response: Stored, era: int) -> None:
        if key is not None:
            self._cache.put(key, response, era)

    def _begin(self, environ: dict[str, Any]) -> Begun:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[..., None]:
            started[:] = [(status, headers)]
            return lambda _: None

        iterable = self._application(environ, start_response)
        if (left := environ.pop(BEGUN, None)) is not None:
            # The application had other things to say than the answer.
            left.close()
        close: Callable[[], None] = getattr(iterable, "close", _nothing)
        status, headers = started[0]
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        announced = next((int(value) for name, value in encoded if name == b"content-length"), None)
        whole = environ["REQUEST_METHOD"] == "HEAD" or (announced is not None and announced <= _MOST_WHOLE)
        if not whole and int(status[:3]) not in (204, 304):
            return Begun(Stored(int(status[:3]), encoded, b""), iter(iterable), close)
        # Nothing more to wait for: one trip to this thread is enough.
        try:
            body = b"".join(iterable)
        finally:
            close()
        return Begun(Stored(int(status[:3]), encoded, body), None, _nothing)

    async def _send_chunks(
        self, scope: Message, chunks: Iterator[bytes], send: Send, gone: threading.Event
    ) -> bytes | None:
        """Send the body as it comes; return it if it was short enough to be worth keeping."""
        loop = asyncio.get_running_loop()
        outflow: Outflow | None = None
        kept: bytearray | None = bytearray()
        try:
            while not gone.is_set():
                # A default, since StopIteration cannot pass through a future.
                chunk = await loop.run_in_executor(self._pool, next, chunks, None)
                if chunk is None:
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
                    return None if kept is None else bytes(kept)
                if kept is not None:
                    kept = kept + chunk if len(kept) + len(chunk) <= self._cache.largest else None
                if outflow is None:
                    client = scope.get("client")
                    outflow = Outflow(None if client is None else (client[0], int(client[1])))
                else:
                    await outflow.drain(gone)
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            return None
        finally:
            if outflow is not None:
                outflow.close()


def _nothing() -> None:
    pass


def _announced(fields: Mapping[str, str]) -> str:
    """Return the number of bytes that a body is said to have; empty when it comes in chunks, or as nonsense."""
    length = fields.get("content-length", "")
    return length if length.isascii() and length.isdigit() and len(length) < 19 else ""


def _fields(scope: Message) -> dict[str, str]:
    """Return the header fields by lower-case name; those that come more than once are joined by commas."""
    fields: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        fields[name] = f"{fields[name]},{value}" if name in fields else value
    return fields


def _incoming(scope: Message, fields: Mapping[str, str], body: bytes) -> Incoming:
    """Return the request as the endpoint sees it."""
    client = scope.get("client") or ("", 0)
    return Incoming(scope["method"], scope["query_string"].decode("latin-1"), body, fields, str(client[0]))


def _key(scope: Message, incoming: Incoming) -> Key:
    fields = incoming.fields
    typed = incoming.body + b"\0" + fields.get("content-type", "").encode("latin-1") if incoming.body else b""
    accept, coding = fields.get("accept", ""), fields.get("accept-encoding", "")
    return (incoming.method, scope["path"], incoming.query_string, typed, accept, coding)


async def _send_start(send: Send, response: Stored) -> None:
    await send({"type": "http.response.start", "status": response.status, "headers": response.headers})


async def _send_whole(send: Send, response: Stored) -> None:
    await _send_start(send, response)
    await send({"type": "http.response.body", "body": response.body, "more_body": False})


async def _listen(receive: Receive, gone: threading.Event) -> None:
    """Set `gone` when the client hangs up."""
    with contextlib.suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.set()


def environment(scope: Message, incoming: Incoming, gone: threading.Event) -> dict[str, Any]:
    """Return the WSGI environment (PEP 3333) of an ASGI request."""
    server = scope.get("server") or ("localhost", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": incoming.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": incoming.query_string,
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": "HTTP/" + scope.get("http_version", "1.1"),
        "REMOTE_ADDR": incoming.address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(incoming.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        ABANDONED: gone.is_set,
    }
    for name, value in incoming.fields.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    # What was read counts, whatever was announced: a body may also come in chunks.
    for name in ("HTTP_CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"):
        environ.pop(name, None)
    environ["CONTENT_LENGTH"] = str(len(incoming.body))
    return environ
