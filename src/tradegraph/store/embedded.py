"""The embedded store: pyoxigraph in worker processes, seen from the process that serves.

Takes a place for each query, sends it there and turns frames into an answer. All methods may be called from any thread.
"""

import contextlib
import dataclasses
import hashlib
import secrets
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tradegraph.errors import (
    QueryAbandoned,
    QueryError,
    QueryFailed,
    QueryOutOfMemory,
    QueryTimeout,
    StoreUnavailable,
)
from tradegraph.store import frames, worker
from tradegraph.store.interface import Limits, Request
from tradegraph.store.places import Places
from tradegraph.store.runners import Runner

_LOOK_AROUND_MS: Final = 100
_DRY_S: Final = 2.0
_GRACE_S: Final = 5.0
"""How long past the deadline a silent worker is believed in; the kernel ends it long before."""


@dataclass
class WorkerAnswer:
    """An answer that a worker is writing; see `interface.Answer`."""

    places: Places
    runner: Runner
    request: Request
    deadline: float
    whole: bytes | None = None
    complete: bool = True
    abandoned: Callable[[], bool] = lambda: False
    _returned: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def connection(self) -> socket.socket:
        """What becomes readable when there is something to `take`; for callers that wait for many things at once."""
        return self.runner.connection

    def send(self) -> None:
        """Send the request to the worker; OSError when it has died in the meantime."""
        frames.send_request(self.runner.connection, self.request)

    def begin(self, abandoned: Callable[[], bool]) -> None:
        """Wait for the head, or for the whole answer when it is short; `abandoned` is asked now and later on."""
        self.abandoned = abandoned
        self._take(self._next())

    def take(self) -> None:
        """Read what the connection has: the head, or the whole answer. Raises a QueryError when there will be none."""
        self._take(self._read())

    def _take(self, frame: frames.Frame) -> None:
        self.runner.answering = True
        self.complete = not frame.payload[0] & frames.CUT
        if frame.kind == frames.WHOLE:
            self.whole = frame.payload[1:]
            self._return(reusable=not frame.payload[0] & frames.LEAVING)

    def chunks(self) -> Iterator[bytes]:
        """Yield the body; QueryError when it breaks off."""
        if self.whole is not None:
            yield self.whole
            return
        while (frame := self._next()).kind == frames.DATA:
            yield frame.payload
        self._return(reusable=not frame.payload[0] & frames.LEAVING)

    def close(self) -> None:
        """Give the place back; a worker that is still at it is killed."""
        self._return(reusable=False)

    def _return(self, *, reusable: bool) -> None:
        with self._lock:
            if self._returned:
                return
            self._returned = True
        if not reusable:
            # Wakes a thread that reads.
            with contextlib.suppress(OSError):
                self.runner.connection.shutdown(socket.SHUT_RDWR)
        self.places.give_back(self.runner, reusable)

    def _next(self) -> frames.Frame:
        """Return the next frame of an answer; raise what a failure frame says, or why the worker has gone."""
        poll = select.poll()
        try:
            poll.register(self.runner.connection, select.POLLIN)
        except ValueError:
            # Closed by another thread: it has no number any more.
            raise self._fate() from None
        while not poll.poll(_LOOK_AROUND_MS):
            # Its number may be that of another connection by now, in which nothing comes for us.
            if self._returned:
                raise self._fate()
            if self.abandoned():
                raise QueryAbandoned("The query was stopped: nobody waits for its answer.", "")
            if time.monotonic() > self.deadline:
                raise QueryFailed("The worker has fallen silent.", "Ask again.")
        return self._read()

    def _read(self) -> frames.Frame:
        try:
            frame = frames.receive(self.runner.connection)
        except OSError:
            frame = frames.Frame(b"", b"")
        if frame.kind == frames.FAILURE:
            self._return(reusable=not frame.payload[0] & frames.LEAVING)
            raise frames.failure(frame.payload[1:])
        if not frame.kind:
            fate = self._fate()
            self._return(reusable=False)
            raise fate
        return frame

    def _fate(self) -> QueryError:
        if self._returned:
            return QueryAbandoned("The query was stopped.", "")
        fate = self.places.fate(self.runner)
        return worker.died(fate, self.request.limits.time_s) if isinstance(fate, int) else fate


@dataclass
class Proposals:
    """A worker that says what writes would change, each after the other, as if those before it had been made.

    For one thread at a time. `ended` once it can say no more: then `close` it, and ask for another.
    """

    places: Places
    runner: Runner
    ended: bool = False

    def propose(self, asked: bytes, time_s: float) -> bytes | None:
        """Return what a write would change (see `worker.Scribe`); nothing is changed but in the worker's own copy.

        None when the worker had died of something else before it was asked. Raises the QueryError that the scribe
        raises, or says why it died.
        """
        connection = self.runner.connection
        connection.settimeout(time_s + _GRACE_S)
        try:
            frames.send_parts(connection, frames.WRITE, struct.pack("!d", time_s) + asked)
        except OSError:
            self.ended = True
            return None
        try:
            frame = frames.receive_parts(connection)
        except OSError:
            # It fell silent.
            frame = frames.Frame(b"", b"")
        if frame.kind == frames.PROPOSED:
            self.ended = bool(frame.payload[0] & frames.LEAVING)
            return frame.payload[1:]
        self.ended = True
        if frame.kind == frames.FAILURE:
            raise frames.failure(frame.payload[1:])
        fate = self.places.fate(self.runner)
        raise worker.died(fate, time_s) if isinstance(fate, int) else fate

    def close(self) -> None:
        """Make an end of the worker."""
        self.ended = True
        self.places.give_back(self.runner, reusable=False)


def _never() -> bool:
    return False


def _kind(request: Request) -> str:
    """Return by what a query's weight is remembered."""
    return request.shape or hashlib.blake2b(request.text.encode(), digest_size=16).hexdigest()


@dataclass
class EmbeddedStore:
    """A release behind a keeper process. Call `start` first, `close` at the end; or use it in a `with`."""

    dataset: Path
    time_limit_s: float
    memory_limit_mb: int
    max_workers: int
    keeper_module: str = "tradegraph.store.keeper"
    keeper_arguments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._places = Places(
            self.dataset, self.memory_limit_mb, self.max_workers, self.keeper_module, self.keeper_arguments
        )

    def __enter__(self) -> "EmbeddedStore":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def keeper_pid(self) -> int | None:
        """The process that holds the data, for supervision; None when there is none."""
        return self._places.keeper_pid

    @property
    def known(self) -> int:
        """The number of the last change that is in the data; 0 when there is none, or no keeper."""
        return self._places.known

    def start(self) -> None:
        """Start the keeper and wait until it has loaded the release; StoreUnavailable when it cannot."""
        self._places.start()

    def query(self, request: Request, abandoned: Callable[[], bool] = _never) -> WorkerAnswer:
        """Start a query in a worker; see `interface.QueryStore`."""
        asked = time.monotonic()
        for _ in range(self.max_workers + 1):
            runner = self._places.take(request.client, request.light, _kind(request), abandoned)
            try:
                answer = self._sent(runner, request, asked)
            except OSError:
                # It died before this query came, of something else.
                continue
            try:
                answer.begin(abandoned)
            except BaseException:
                answer.close()
                raise
            return answer
        raise StoreUnavailable("The workers of the store keep dying.", "See the log of the server.")

    def check_syntax(self, request: Request) -> None:
        """Run the query on nothing, for a moment: nothing but syntax can go wrong there."""
        limits = Limits(min(_DRY_S, request.limits.time_s))
        # What takes long even so is not a matter of syntax.
        with contextlib.suppress(QueryTimeout, QueryOutOfMemory):
            self.query(dataclasses.replace(request, dry=True, limits=limits, light=True)).close()

    def has_idle(self) -> bool:
        """Say whether a worker is idle now; `query_at_once` may still find none."""
        return self._places.has_idle

    def query_at_once(self, request: Request) -> WorkerAnswer | None:
        """Send a query to a worker if one is idle and no one waits; None when that is not so. Never waits itself.

        The answer has not begun then: `take` it when its `connection` is readable, or `begin` it.
        """
        runner = self._places.take_at_once(request.client, request.light, _kind(request))
        if runner is None:
            return None
        try:
            return self._sent(runner, request, time.monotonic())
        except OSError:
            return None

    def _sent(self, runner: Runner, request: Request, asked: float) -> WorkerAnswer:
        """Send `request`, with what is left of its time since it was `asked`; OSError when the worker has died."""
        now = time.monotonic()
        left_s = max(0.001, asked + min(request.limits.time_s, self.time_limit_s) - now)
        limits = Limits(left_s, request.limits.rows, request.limits.size_bytes)
        request = dataclasses.replace(request, limits=limits)
        answer = WorkerAnswer(self._places, runner, request, now + left_s + _GRACE_S)
        try:
            answer.send()
        except BaseException:
            answer.close()
            raise
        return answer

    def proposals(self, client: str) -> Proposals:
        """Return a worker for proposals, which knows every change made so far; `client` waits for it in line."""
        # A kind of its own: how long one write took says nothing of the next.
        runner = self._places.take(
            client, light=True, kind=f"write {secrets.token_hex(8)}", abandoned=_never, kept=True
        )
        self._places.set_apart(runner)
        return Proposals(self._places, runner)

    def catch_up(self, number: int, change: bytes) -> None:
        """Make a change in the data; see `Places.catch_up`."""
        self._places.catch_up(number, change)

    def check(self) -> None:
        """Start the keeper if need be; StoreUnavailable when it does not run."""
        self.start()

    def close(self) -> None:
        """Stop the keeper and its workers."""
        self._places.stop()
